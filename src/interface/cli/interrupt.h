/*
 * A person who ends the program (SIGINT, SIGTERM, SIGHUP), or a bound on its
 * time (SIGXCPU).
 *
 * Most commands end at once: the unfinished output is removed, the line of
 * progress goes, a sentence names the files that remain, and the signal ends
 * the program as it would have.  A recording is to be kept as far as it has
 * come: the signal is remembered, the recording comes to its end in order, and
 * the signal ends the program then; a second one ends it at once.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>
#include <stddef.h>

/* From now on signals end the program at once, as above; ignored signals
 * (nohup) stay ignored. */
void interrupt_begin(void);
/* Undoes interrupt_begin. */
void interrupt_end(void);
/* LINE (with its newline; cut off where it is very long) is what a signal that
 * ends the program at once writes to standard error; "": nothing. */
void interrupt_say(const char *line);
/* Writes N bytes of P to standard error, errors ignored; safe in a handler. */
void interrupt_put(const char *p, size_t n);
/* The last line of standard error's terminal is one of progress, to be
 * removed. */
void interrupt_shows(bool line);

/* From now on the first signal is remembered. */
void interrupt_catch(void);
/* The same of SIGINT alone, while something is read that ends with it: of
 * `tcpdump -w - | rung show -` both get it. */
void interrupt_catch_int(void);
/* The signal that came, or 0. */
int interrupt_came(void);
/* Undoes interrupt_catch. */
void interrupt_leave(void);

#endif
