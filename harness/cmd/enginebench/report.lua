-- What wrk counted, as one line of JSON behind its own summary (wrk's SCRIPTING). It runs once, when all is over.
done = function(summary)
  local e = summary.errors
  io.write(string.format(
    '{"answers":%d,"microseconds":%d,"errors":{"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}}\n',
    summary.requests, summary.duration, e.connect, e.read, e.write, e.status, e.timeout))
end
