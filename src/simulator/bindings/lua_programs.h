/* The programs of a run's nodes (bindings/lua_program.h), as who makes runs has
 * them. */
#ifndef BINDINGS_LUA_PROGRAMS_H
#define BINDINGS_LUA_PROGRAMS_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/list.h"
#include "node/world.h"
#include "inputs/inputs.h"

/* The run's; what it points to is borrowed. */
struct lua_programs {
	struct list all;   /* struct lua_program */
	struct inputs *in; /* has their texts */
	struct world *world;
	const char *topology; /* the name of its file */
	const bool *started;  /* before that their prints are ignored */
	/* The program of NODE, in FILE, has made the mistake that D tells. */
	void (*mistaken)(void *arg, const char *node, const char *file,
	    const struct diag *d);
	/* The process of NODE has answered TEXT to the question with the hash
	 * ASKED; its effects are caused by that. */
	void (*answered)(
	    void *arg, const char *node, uint64_t asked, const char *text);
	void *arg;
	/* The modules' code, compiled for the first program that has them;
	 * owned (bindings/lua_program_modules.c). */
	struct buf *code;
};

/* The programs that N's attributes name, if they do; N has them from now on.
 * 0, or D's error. */
int lua_programs_add(struct lua_programs *all, struct node *n, struct diag *d);
/* After the nodes that had them. */
void lua_programs_free(struct lua_programs *all);

#endif
