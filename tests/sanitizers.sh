# What the sanitizers are told, for whoever runs a sanitized program.
# So many callers of an allocation are noted: each costs time, at every one.  So
# many MB that were freed are used again by nobody: each page of them is made by
# the system.
ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:malloc_context_size=12
ASAN_OPTIONS=$ASAN_OPTIONS:quarantine_size_mb=16
UBSAN_OPTIONS=print_stacktrace=1
LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS
