/*
 * Memory, for the phone and for libosip2.  Neither can go on without: where
 * there is none left the phone says so and waits for the watchdog (hal_panic).
 */
#ifndef FIRMWARE_PHONE_HEAP_H
#define FIRMWARE_PHONE_HEAP_H

#include <stddef.h>

/* N bytes of zeros, never NULL; heap_put gives them back. */
void *heap_get(size_t n);
/* A copy of S; of "" where S is NULL. */
char *heap_copy(const char *s);
/* P may be NULL. */
void heap_put(void *p);
/* Makes libosip2 take its memory here as well. */
void heap_install(void);

#endif
