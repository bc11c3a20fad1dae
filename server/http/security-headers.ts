import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { RUN_STEP_SCRIPT } from './run-step-script.ts';

const SELF = ["'self'"];
const NOTHING = ["'none'"];
const NOBODY: string[] = [];

/**
 * Tells browsers with every answer what a page of ours does, so that they refuse all else, whatever got into it:
 * scripts, styles, fonts and requests of its own server only, none of them in the page itself but the scripts of
 * `inlineScripts` (their hashes, as `inlineScriptHashes` gives them), and nothing of the reader's machine but the
 * clipboard, to copy. Of its files, pages of other sites may load the script of the element alone.
 */
export function securityHeaders(inlineScripts: readonly string[]): MiddlewareHandler {
  const ours = secureHeaders(policies(inlineScripts));
  const forOthers = secureHeaders({ ...policies(inlineScripts), crossOriginResourcePolicy: 'cross-origin' });
  return (context, next) => (context.req.path === RUN_STEP_SCRIPT ? forOthers : ours)(context, next);
}

function policies(inlineScripts: readonly string[]): NonNullable<Parameters<typeof secureHeaders>[0]> {
  return {
    // Whether other hosts of the operator speak HTTPS is not ours to promise.
    strictTransportSecurity: false,
    // For browsers that do not know `frame-ancestors`.
    xFrameOptions: 'DENY',
    contentSecurityPolicy: {
      defaultSrc: NOTHING,
      // The search is a WebAssembly module. This lets no text run as a script.
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
