/* Where bytes go in pieces: a file, a compressor, another text. */
#ifndef BASE_SINK_H
#define BASE_SINK_H

#include <stddef.h>

/* Takes N bytes; 0 or an error code (base/err.h), after which it is not called
 * again. */
typedef int sink_fn(const char *p, size_t n, void *arg);

#endif
