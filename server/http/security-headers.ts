import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { RUN_STEP_SCRIPT } from './run-step-script.ts';

const SELF = ["'self'"];
const NOTHING = ["'none'"];
const NOBODY: string[] = [];

/**
 * Sends headers with every answer that restrict what the site's pages can do, even with injected content: scripts,
 * styles, fonts and requests come from this server only, inline scripts must have one of the hashes in `inlineScripts`
 * (as `inlineScriptHashes` returns them), and of the browser's features only writing to the clipboard is allowed. Pages
 * of other sites may load only the script of the `<run-step>` element.
 */
export function securityHeaders(inlineScripts: readonly string[]): MiddlewareHandler {
  const sameOrigin = secureHeaders(policies(inlineScripts));
  const crossOrigin = secureHeaders({ ...policies(inlineScripts), crossOriginResourcePolicy: 'cross-origin' });
  return (context, next) => (context.req.path === RUN_STEP_SCRIPT ? crossOrigin : sameOrigin)(context, next);
}

function policies(inlineScripts: readonly string[]): NonNullable<Parameters<typeof secureHeaders>[0]> {
  return {
    // Only the operator knows whether all of their hosts use HTTPS.
    strictTransportSecurity: false,
    // For browsers without `frame-ancestors`.
    xFrameOptions: 'DENY',
    contentSecurityPolicy: {
      defaultSrc: NOTHING,
      // The search is a WebAssembly module. This does not allow `eval` of text.
      scriptSrc: [...SELF, "'wasm-unsafe-eval'", ...inlineScripts],
      workerSrc: SELF,
      styleSrc: SELF,
      fontSrc: SELF,
      imgSrc: SELF,
      connectSrc: SELF,
      objectSrc: NOTHING,
      frameSrc: NOTHING,
      frameAncestors: NOTHING,
      baseUri: NOTHING,
      formAction: NOTHING,
    },
    permissionsPolicy: {
      clipboardWrite: ['self'],
      clipboardRead: NOBODY,
      accelerometer: NOBODY,
      autoplay: NOBODY,
      browsingTopics: NOBODY,
      camera: NOBODY,
      computePressure: NOBODY,
      displayCapture: NOBODY,
      encryptedMedia: NOBODY,
      fullscreen: NOBODY,
      gamepad: NOBODY,
      geolocation: NOBODY,
      gyroscope: NOBODY,
      hid: NOBODY,
      identityCredentialsGet: NOBODY,
      idleDetection: NOBODY,
      keyboardMap: NOBODY,
      localFonts: NOBODY,
      magnetometer: NOBODY,
      microphone: NOBODY,
      midi: NOBODY,
      otpCredentials: NOBODY,
      payment: NOBODY,
      pictureInPicture: NOBODY,
      publickeyCredentialsGet: NOBODY,
      screenWakeLock: NOBODY,
      serial: NOBODY,
      storageAccess: NOBODY,
      syncXhr: NOBODY,
      usb: NOBODY,
      windowManagement: NOBODY,
      xrSpatialTracking: NOBODY,
    },
  };
}
