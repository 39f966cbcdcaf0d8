/*
 * Memory: every allocation of rung goes through here, so that a test can make
 * the n-th one fail and see that nothing leaks and nothing crashes.
 *
 * Each allocation is checked where it is made, but a forgotten check would
 * silently leave a text shorter.  So failures are counted, and code that
 * reports success (a run, a command, an output file that is closed) looks at
 * the count first: success means that nothing failed.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

/* SIZE bytes, not cleared; NULL when there are none. 0 counts as 1. */
void *mem_alloc(size_t size);

/* COUNT * SIZE bytes of zero; NULL when there are none or on overflow. */
void *mem_zalloc(size_t count, size_t size);

/* Like realloc(3); the old block stays as it was on failure. */
void *mem_realloc(void *p, size_t size);

/* COUNT elements of SIZE bytes; NULL also when the product overflows. */
void *mem_realloc_array(void *p, size_t count, size_t size);

void mem_free(void *p);
/* A pointer of a block, whose memory is freed where the block is left, by
 * whichever way:
 *	LOCAL_MEM char *name = NULL;
 */
#define LOCAL_MEM __attribute__((cleanup(mem_free_at)))
/* After it: AT is the pointer's address. */
void mem_free_at(void *at);

/* A copy of N bytes with a NUL behind; the caller frees. */
char *mem_dup(const char *p, size_t n);
char *mem_strdup(const char *s);

/*
 * The heap behind all of these: the C library's, or mimalloc's once
 * mem_use_mimalloc was called, which is to be before the first allocation of
 * the process.  mimalloc touches a block alone when it is freed, and never its
 * neighbours, which were last used long ago where hundreds of megabytes live:
 * there a call costs two thirds.  Blocks of 128 KiB and more stay libc's. Tests
 * stay with the C library, whose heap
 * tells how much of it is in use; so do builds with sanitizers, where
 * mem_use_mimalloc does nothing.
 */
void mem_use_mimalloc(void);

/* Returns the heap's unused pages to the system, so that the memory of later
 * work is bounded. */
void mem_trim(void);

/* Built with AddressSanitizer, whose shadow takes terabytes of addresses. */
#if defined(__has_feature)
#define MEM_IS_SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define MEM_IS_SANITIZED 1
#else
#define MEM_IS_SANITIZED 0
#endif

/*
 * How many allocations failed since the last mem_forgive (or since the program
 * began).  Code that reports a part's success compares it with the count
 * before.  mem_note_failure counts a failure of a foreign allocator.
 */
unsigned long mem_failures(void);
void mem_note_failure(void);
/* When this process had most addresses, so many bytes of them were left under
 * its bound (RLIMIT_AS): no library can have asked for less in vain.  Without a
 * bound UINT64_MAX.  May be asked in a signal's handler. */
uint64_t mem_room_least(void);
/* Earlier failures no longer count: before the next key of the screen. */
void mem_forgive(void);

/*
 * For tests: the N-th allocation from now (1 = the next) and all after it
 * fail; 0 ends that.  Both forgive.  mem_count tells how many allocations there
 * were since the last call.
 */
void mem_fail_from(unsigned long n);
/* Only the N-th fails, as when another program took the memory for a moment. */
void mem_fail_only(unsigned long n);
unsigned long mem_count(void);

#endif
