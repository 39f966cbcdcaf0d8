/* Characters and text, as the GNU C library's headers make programs ask for
 * them. */
#include "firmware/libc/glibc.h"

#include "firmware/hal.h"

#include <stdio.h>

/* tolower() is a look into this table, from -128 to 255 (ISO/IEC 30112). */
static int32_t lower[384];
static const int32_t *lower_zero = &lower[128];

/* fputs(text, stdout) in libosip2's traces: a variable there, a macro in
 * newlib. */
extern void *glibc_stdout __asm__("stdout");
void *glibc_stdout;

void
libc_start(void)
{
	for (int c = -128; c < 256; c++)
		lower[c + 128] = c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
	glibc_stdout = stdout;
}

const int32_t **
__ctype_tolower_loc(void)
{
	return &lower_zero;
}

/* sscanf of C99: newlib's own.  libosip2 reads numbers with it. */
int
__isoc99_sscanf(const char *text, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsscanf(text, format, args);
	va_end(args);
	return n;
}

/* libosip2 can trace to the system's log.  There is none: the console. */
void
openlog(const char *ident, int option, int facility)
{
	(void)ident;
	(void)option;
	(void)facility;
}

void
__syslog_chk(int priority, int flag, const char *format, ...)
{
	char line[160];
	va_list args;

	(void)priority;
	(void)flag;
	va_start(args, format);
	(void)vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	hal_log(line);
}
