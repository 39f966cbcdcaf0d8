/*
 * What a processor is at while it handles a message, told by the functions of
 * libosip2 that it is in: one row a phase, one row a function.
 */
#ifndef EMU_PHASE_H
#define EMU_PHASE_H

/* X(ID, word in traces) */
#define PHASE_TABLE(X)        \
	X(OTHER, "other")     \
	X(PARSE, "parse")     \
	X(MACHINE, "machine") \
	X(BUILD, "build")

enum phase {
#define X(id, word) PHASE_##id,
	PHASE_TABLE(X)
#undef X
	    PHASES
};

/* The phase that the function NAME begins; PHASE_OTHER where it begins none. */
enum phase phase_of(const char *name);
/* Its word; static. */
const char *phase_word(enum phase phase);

#endif
