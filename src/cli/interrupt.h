/*
 * A person who ends a recording (SIGINT, SIGTERM, SIGHUP) wants what there is
 * so far: the signal is remembered, the recording comes to its end in order,
 * and the signal ends the program then.  A second one ends it at once.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

/* From now on; what is ignored (nohup) stays so. */
void interrupt_catch(void);
/* The signal that came, or 0. */
int interrupt_came(void);
/* As it was before interrupt_catch. */
void interrupt_leave(void);

#endif
