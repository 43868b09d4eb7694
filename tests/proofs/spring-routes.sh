#!/usr/bin/env bash
# Prints the route table of a Spring Boot application, `METHOD path handler` a line: starts its jar, which says at that
# level what it maps, and ends when all is mapped.
set -euo pipefail
java -XX:TieredStopAtLevel=1 -Dspring.context.exit=onRefresh -jar "$1" --server.port=0 \
    --logging.level._org.springframework.web.servlet.HandlerMapping.Mappings=DEBUG |
    sed -nE 's/^\t\{([A-Z]+) \[([^],]*)\].*\}: /\1 \2 /p'
