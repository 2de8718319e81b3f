-- The one request every connection repeats, read from files, and one line of JSON at the end.
--   wrk … -s wrk_request.lua URL -- BODY_FILE HEADERS_FILE     (headers: one "Name: value" per line)

function init(args)
    wrk.method = "POST"
    local body = assert(io.open(args[1], "rb"))
    wrk.body = body:read("*a")
    body:close()
    for line in io.lines(args[2]) do
        local name, value = line:match("^([^:]+): (.*)$")
        if name then wrk.headers[name] = value end
    end
end

function done(summary, latency, _)
    local errors = summary.errors
    print(string.format(
        '{"calls":%d,"duration_us":%d,"bytes":%d,"p50_us":%d,"p99_us":%d,"not_2xx":%d,"broken":%d}',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
