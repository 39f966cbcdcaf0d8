#!/bin/sh
# What a call, a request and a binding cost, counted: tests/count_work.c, which
# is built once, beside the plain build.
exec "${BUILD:-build}/count/work"
