/*
 * What Debian's armel archives of libosip2 want of a C library and newlib does
 * not have, or has otherwise: they were compiled for the GNU C library on
 * Linux. The declarations are theirs (pointers to types that are opaque here
 * are void *).
 *
 * Times are 32 bits wide for libosip2 (the ABI of armel), 64 bits in newlib:
 * so nothing that takes a time_t may come from newlib.
 */
#ifndef FIRMWARE_LIBC_GLIBC_H
#define FIRMWARE_LIBC_GLIBC_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Before anything else of this folder is used: from board_main. */
void libc_start(void);

/* ---- text.c ---- */
const int32_t **__ctype_tolower_loc(void);
int __isoc99_sscanf(const char *text, const char *format, ...);
void openlog(const char *ident, int option, int facility);
void __syslog_chk(int priority, int flag, const char *format, ...);

/* ---- guard.c ---- */
extern uintptr_t __stack_chk_guard;
_Noreturn void __stack_chk_fail(void);
_Noreturn void __chk_fail(void);

/* ---- threads.c: there is one ---- */
int pthread_mutex_init(void *mutex, const void *attributes);
int pthread_mutex_lock(void *mutex);
int pthread_mutex_unlock(void *mutex);
int pthread_mutex_destroy(void *mutex);
int sem_init(unsigned *sem, int shared, unsigned value);
int sem_destroy(const unsigned *sem);
int sem_post(unsigned *sem);
int sem_wait(unsigned *sem);
int sem_trywait(unsigned *sem);

#endif
