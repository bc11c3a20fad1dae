const NO_SUCH_COMMAND =
  'quit node debug gen mt connect auth-session convert-url import nodelocal userfile user sqlfmt statement-diag';
const CONTAINERS = 'docker docker-compose podman kubectl helm minikube kind oc';
const CLOUDS = 'aws gcloud az eksctl terraform ccloud roachprod molt haproxy';
const OTHER_LANGUAGES =
  'go java javac mvn ./mvnw gradle ./gradlew ruby gem bundle bundler rails rake cargo rustc rustup dotnet php ' +
  'composer lein stack ghc psql ts-node tsc npx yarn pnpm nvm';

/** Commands that mean nothing in a sandbox, each with the reason that readers of the report see. */
const REASONS: readonly [RegExp, string][] = [
  [/^cockroach (?:start|start-single-node|init)\b/, 'a cluster already runs'],
  [beginsWith(NO_SUCH_COMMAND, 'cockroach '), 'the stand-in has no such command'],
  [/^cockroach cert create-(?:ca|node)\b/, 'the cluster already has its certificates'],
  [/^mkdir (?:-p )?(?:certs|my-safe-directory)(?: (?:certs|my-safe-directory))?$/, 'the folders are already there'],
  [beginsWith('curl wget git ssh scp ping telnet dig nslookup'), 'a sandbox has no network'],
  [
    beginsWith('brew apt apt-get yum dnf apk snap choco winget'),
    'a sandbox has no network and no packages of the system',
  ],
  [beginsWith(`${CONTAINERS} ${CLOUDS} ${OTHER_LANGUAGES}`), 'this program is not in a sandbox'],
  [
    beginsWith('sudo su systemctl service launchctl chown mount shutdown reboot'),
    'a sandbox has no rights on its system',
  ],
  [beginsWith('vi vim nano emacs less more top htop open xdg-open code'), 'it waits for somebody to type'],
  [/^(?:set \w+=|\$env:|Invoke-WebRequest|C:\\)|^PS [A-Z]:/i, 'it is for Windows'],
  [/^kill (?:-\S+ )*\d+\b/, 'the process has another number here'],
  [/^(?:pkill|killall) .*(?:cockroach|postgres|mysql)/, 'the cluster must go on running'],
  [/^cockroach workload run\b/, 'it runs for a long time'],
];

/** Returns an expression for commands that begin with one of the words. */
function beginsWith(words: string, before = ''): RegExp {
  const any = words.split(' ').map((word) => word.replace(/[./]/g, String.raw`\$&`));
  return new RegExp(`^${before}(?:${any.join('|')})(?=\\s|$)`);
}

/** Returns why one of the commands cannot be run in a sandbox; undefined when nothing speaks against it. */
export function whyUnavailable(commands: readonly string[]): string | undefined {
  for (const command of commands) {
    const bare = command.replace(/^(?:sudo\s+)?(?:[A-Z_]+=\S*\s+)*/, (found) =>
      found.startsWith('sudo') ? found : '',
    );
    const reason = REASONS.find(([pattern]) => pattern.test(bare))?.[1];
    if (reason !== undefined) return `${reason} (\`${bare.split('\n')[0]!.split(/\s+/).slice(0, 2).join(' ')}\`)`;
  }
  return undefined;
}

/** Choices of a filter whose blocks mean nothing here, each with the reason. */
const SCOPES: readonly [RegExp, string][] = [
  [/cloud|serverless|dedicated|console|ccloud|advanced|^basic$|^standard$/i, 'it is for CockroachDB Cloud'],
  [/^mac|macos|osx|homebrew/i, 'it is for macOS'],
  [/^win/i, 'it is for Windows'],
  [/docker|kubernetes|helm/i, 'it is for containers'],
];

/** Returns why blocks of a filter's choice are not run; undefined when nothing speaks against it. */
export function whyNotInScope(scopes: readonly string[]): string | undefined {
  for (const scope of scopes) {
    const reason = SCOPES.find(([pattern]) => pattern.test(scope))?.[1];
    if (reason !== undefined) return reason;
  }
  return undefined;
}
