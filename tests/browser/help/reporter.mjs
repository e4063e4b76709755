// The reporter of `node --test` for tools/test: prints a line for each test and the complete error right after a failed
// one. Lines with # are totals.
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
    // A suite fails if one of its tests fails, which has already been printed, or by itself, in a hook.
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
