#!/usr/bin/env python3
"""A collector that takes traces by OTLP/HTTP as JSON, checks each request against the protocol's own definition, and keeps the spans.

    otlp_collector.py ADDRESS_FILE SPANS_FILE

Writes its port to ADDRESS_FILE and every span as one line of JSON to SPANS_FILE. A request that is not an ExportTraceServiceRequest is
answered 400, and a line {"fault": …} says why. The first request is answered 503: a sender has to come again.
"""
import base64
import http.server
import json
import os
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2

IDS = ("traceId", "spanId", "parentSpanId")


def with_ids_for_protobuf(value):
    """Ids are hexadecimal in OTLP's JSON and base64 in protobuf's: everything else is the same."""
    if isinstance(value, list):
        return [with_ids_for_protobuf(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {key: base64.b64encode(bytes.fromhex(member)).decode() if key in IDS else with_ids_for_protobuf(member)
            for key, member in value.items()}


def checked(body):
    request = json.loads(body)
    message = json_format.ParseDict(with_ids_for_protobuf(request), trace_service_pb2.ExportTraceServiceRequest())
    for resource in message.resource_spans:
        names = {attribute.key for attribute in resource.resource.attributes}
        if "service.name" not in names:
            raise ValueError(f"the resource has no service.name, only {names}")
        for span in (span for scope in resource.scope_spans for span in scope.spans):
            if len(span.trace_id) != 16 or len(span.span_id) != 8 or len(span.parent_span_id) not in (0, 8):
                raise ValueError(f"an id has the wrong size: {span}")
            if not 0 < span.start_time_unix_nano <= span.end_time_unix_nano:
                raise ValueError(f"a span ends before it begins: {span}")
    return [span for resource in request["resourceSpans"] for scope in resource["scopeSpans"] for span in scope["spans"]]


class Collector(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    turned_away = False

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        status = 200
        if not Collector.turned_away:
            Collector.turned_away, status = True, 503
        else:
            try:
                if self.path != "/v1/traces" or self.headers["content-type"] != "application/json":
                    raise ValueError(f"{self.path} {self.headers['content-type']}")
                if self.headers["x-collector-key"] != "k3y-of-the-collector":
                    raise ValueError("the configured header is missing")
                lines = checked(body)
            except Exception as error:
                status, lines = 400, [{"fault": f"{type(error).__name__}: {error}"}]
            with open(sys.argv[2], "a") as spans:
                spans.writelines(json.dumps(line) + "\n" for line in lines)
        answer = b"{}"
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
with open(sys.argv[1] + ".new", "w") as address:
    address.write(f"{server.server_port}\n")
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
