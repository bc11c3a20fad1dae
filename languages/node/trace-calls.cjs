// Loaded before a program (node --require). Prints at the end which of the program's functions were called: CALLED,
// then their names.
const { Session } = require('node:inspector');
const { basename } = require('node:path');

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

process.on('exit', () => {
  session.post('Profiler.takePreciseCoverage', (error, coverage) => {
    if (error) throw error;
    const program = basename(process.argv[1]);
    const called = coverage.result
      .filter(({ url }) => url.endsWith(`/${program}`))
      .flatMap(({ functions }) => functions)
      .filter(({ functionName, ranges }) => functionName !== '' && ranges[0].count > 0)
      .map(({ functionName }) => functionName);
    console.log('CALLED', ...new Set(called.toSorted()));
  });
});
