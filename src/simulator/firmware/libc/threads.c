/*
 * Threads.  libosip2 was compiled for several: a mutex around each table, a
 * semaphore beside each queue.  Here runs one, so a mutex is always free, and
 * who would have to wait waits for ever.
 */
#include "firmware/libc/glibc.h"

#include "firmware/hal.h"

#include <errno.h>

static _Noreturn void
waits_for_ever(void)
{
	hal_panic("one thread waits for another");
}

int
pthread_mutex_init(void *mutex, const void *attributes)
{
	(void)mutex;
	(void)attributes;
	return 0;
}

int
pthread_mutex_lock(void *mutex)
{
	(void)mutex;
	return 0;
}

int
pthread_mutex_unlock(void *mutex)
{
	(void)mutex;
	return 0;
}

int
pthread_mutex_destroy(void *mutex)
{
	(void)mutex;
	return 0;
}

/* A sem_t has 16 bytes; the first word is the count. */
int
sem_init(unsigned *sem, int shared, unsigned value)
{
	(void)shared;
	*sem = value;
	return 0;
}

int
sem_destroy(const unsigned *sem)
{
	(void)sem;
	return 0;
}

int
sem_post(unsigned *sem)
{
	++*sem;
	return 0;
}

int
sem_wait(unsigned *sem)
{
	if (*sem == 0)
		waits_for_ever();
	--*sem;
	return 0;
}

int
sem_trywait(unsigned *sem)
{
	if (*sem == 0) {
		errno = EAGAIN;
		return -1;
	}
	--*sem;
	return 0;
}
