/*
 * A person who ends the program (SIGINT, SIGTERM, SIGHUP).
 *
 * Most commands end at once: what they were writing is removed, the line of
 * progress goes, a sentence says what is left, and the signal ends the program
 * as it would have.  Who ends a recording wants what there is so far: the
 * signal is remembered, the recording comes to its end in order, and the signal
 * ends the program then; a second one ends it at once.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>
#include <stddef.h>

/* From now on a signal ends the program so; what is ignored (nohup) stays so.
 */
void interrupt_begin(void);
/* As it was before. */
void interrupt_end(void);
/* LINE (with its newline; cut off where it is very long) is written to standard
 * error by whoever ends it at once; "": nothing. */
void interrupt_say(const char *line);
/* P to standard error, as far as it goes; also within a handler. */
void interrupt_put(const char *p, size_t n);
/* The last line of standard error's terminal is one of progress, to be
 * removed. */
void interrupt_shows(bool line);

/* From now on the first signal is remembered. */
void interrupt_catch(void);
/* The signal that came, or 0. */
int interrupt_came(void);
/* As it was before interrupt_catch. */
void interrupt_leave(void);

#endif
