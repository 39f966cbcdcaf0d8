# What the sanitizers are told, for whoever runs a sanitized program.
# So many callers of an allocation are noted: each costs time, at every one.
ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:malloc_context_size=12
UBSAN_OPTIONS=print_stacktrace=1
LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS
