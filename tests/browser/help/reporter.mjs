// What `node --test` prints for tools/test: a line for each test, and the whole of an error where it happens, so that
// the end of a log says what failed. Lines with # are the sums.
const place = (error) => (error?.cause ?? error)?.stack ?? String(error);

export default async function* report(events) {
  const sums = {tests: 0, pass: 0, fail: 0, skipped: 0};
  const suites = [];
  for await (const {type, data} of events) {
    if (type === 'test:start') suites[data.nesting] = data.name;
    else if (type === 'test:diagnostic' && data.nesting > 0) yield `    ${data.message}\n`;
    else if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const failed = type === 'test:fail', {details, name, nesting} = data, skipped = data.skip !== undefined;
    // A suite fails with its tests, which were shown, or by itself, in a hook.
    const isSuite = details.type === 'suite', byItself = failed && details.error?.failureType !== 'subtestsFailed';
    if (isSuite && !byItself) continue;
    sums.tests++;
    sums[failed ? 'fail' : skipped ? 'skipped' : 'pass']++;
    const full = [...suites.slice(0, nesting), name].join(' > ');
    yield `${failed ? 'FAILED' : skipped ? 'skipped' : 'ok'} ${full} (${Math.round(details.duration_ms)} ms)${skipped && data.skip !== true ? `: ${data.skip}` : ''}\n`;
    if (failed) yield `${place(details.error).replace(/^/gm, '    ')}\n`;
  }
  yield Object.entries(sums).map(([what, count]) => `# ${what} ${count}\n`).join('');
}
