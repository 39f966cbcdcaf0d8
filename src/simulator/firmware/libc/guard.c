/* Debian compiles with -fstack-protector-strong and _FORTIFY_SOURCE: what finds
 * a buffer overrun ends the program. */
#include "firmware/libc/glibc.h"

#include "firmware/hal.h"

/* There is no attacker of a board whose every word is printed: a number that
 * text can't be. */
uintptr_t __stack_chk_guard = 0xFF0A0D00;

_Noreturn void
__stack_chk_fail(void)
{
	hal_panic("stack overrun");
}

/* sprintf, snprintf and their like with the size of what they write to. */
_Noreturn void
__chk_fail(void)
{
	hal_panic("buffer overrun");
}
