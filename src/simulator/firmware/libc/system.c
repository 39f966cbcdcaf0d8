/*
 * The system calls under newlib (newlib's manual, "Syscalls"): no files, no
 * processes.  Output goes to the console, so an assertion is seen.  Memory
 * (_sbrk) is board/memory.c's.
 */
#include "firmware/libc/glibc.h"

#include "firmware/hal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

int _open(const char *path, int flags, int mode);
int _close(int file);
int _read(int file, char *to, int n);
int _write(int file, const char *from, int n);
int _lseek(int file, int offset, int whence);
int _fstat(int file, struct stat *st);
int _isatty(int file);
int _kill(int pid, int signal);
int _getpid(void);
_Noreturn void _exit(int status);

/* libosip2 opens /dev/urandom. */
int
_open(const char *path, int flags, int mode)
{
	(void)path;
	(void)flags;
	(void)mode;
	errno = ENOENT;
	return -1;
}

int
_close(int file)
{
	(void)file;
	errno = EBADF;
	return -1;
}

int
_read(int file, char *to, int n)
{
	(void)file;
	if (n > 0)
		to[0] = '\0';
	return 0; /* the end */
}

/* A line at a time, without its end: hal_log adds one. */
int
_write(int file, const char *from, int n)
{
	char line[128];
	size_t used = 0;

	(void)file;
	for (int i = 0; i < n; i++) {
		if (from[i] != '\n')
			line[used++] = from[i];
		if (from[i] == '\n' || used == sizeof(line) - 1) {
			line[used] = '\0';
			hal_log(line);
			used = 0;
		}
	}
	line[used] = '\0';
	if (used > 0)
		hal_log(line);
	return n;
}

int
_lseek(int file, int offset, int whence)
{
	(void)file;
	(void)offset;
	(void)whence;
	return 0;
}

/* A character device: newlib then does not ask for large buffers. */
int
_fstat(int file, struct stat *st)
{
	(void)file;
	memset(st, 0, sizeof(*st));
	st->st_mode = S_IFCHR;
	return 0;
}

int
_isatty(int file)
{
	(void)file;
	return 1;
}

/* raise and abort come here. */
int
_kill(int pid, int signal)
{
	(void)pid;
	(void)signal;
	hal_panic("abort");
}

int
_getpid(void)
{
	return 1;
}

_Noreturn void
_exit(int status)
{
	(void)status;
	hal_panic("exit");
}
