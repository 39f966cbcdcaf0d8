/* The programs of a run's nodes; see bindings/lua_programs.h. */
#include "bindings/lua_programs.h"

#include "base/err.h"
#include "base/mem.h"
#include "bindings/lua_program.h"
#include "script/sandbox.h"

#include <string.h>

/* A process has so many times as much: a question and its answer are 8,000
 * steps, and it may get 5,000 a second. */
#define PROCESS_FACTOR 40

static void
program_free(struct lua_program *p)
{
	if (p->kind->forget != NULL)
		p->kind->forget(p);
	lua_forget_watched(p);
	sandbox_destroy(p->sandbox);
	lua_process_end(p);
	buf_free(&p->answered);
	buf_free(&p->word);
	lua_changes_free(&p->changes);
	list_remove(&p->link);
	mem_free(p);
}

void
lua_programs_free(struct lua_programs *all)
{
	list_each (struct lua_program, p, &all->all, link)
		program_free(p);
	lua_forget_modules(all);
}

/* ---- whose they are ---- */

static const struct lua_program_kind *const program_kinds[] = {
	&lua_route_kind,
	&lua_script_kind,
	&lua_menu_kind,
};

/* Of a proxy that has `routes` and no file. */
static const char routes_program[] =
    "settings 'within=time'\non_request = require 'routes'\n";

static int
add_program(struct lua_programs *all, struct node *n,
    const struct lua_program_kind *kind, const char *file, struct diag *d)
{
	struct lua_program *p;
	int err = kind->check != NULL ? kind->check(all, n, d) : 0;

	if (err != 0)
		return err;
	p = mem_zalloc(1, sizeof(*p));
	if (p == NULL)
		return diag_fail(d, ERR_NOMEM);
	list_append(&all->all, &p->link);
	p->base.ops = &kind->ops;
	p->base.plays = kind->plays;
	p->kind = kind;
	p->programs = all;
	p->node = n;
	p->factor = 1;
	rng_init(&p->rng, sim_seed(all->world->sim), n->name, kind->attribute);
	if (kind == &lua_script_kind && inputs_is_command(str_of(file))) {
		p->factor = PROCESS_FACTOR;
		err = lua_process_take(all, file, d);
	}
	p->saved = LUA_SAVED_STEPS * p->factor;
	p->own = file == NULL;
	if (p->own) {
		p->text = routes_program;
		p->file = "routes";
	} else if (err == 0) {
		err = inputs_get_program(
		    all->in, INPUTS_PROGRAM, file, &p->text, d);
	}
	for (size_t i = 0; err == 0 && !p->own && i < all->in->nprograms; i++)
		if (strcmp(all->in->programs[i].file, file) == 0)
			p->file = all->in->programs[i].file;
	if (err == 0)
		err = lua_program_begin(&p->base, d);
	if (err == 0 && (p->listens == 0 || (kind->needed & ~p->listens) != 0))
		err = diag_set(
		    d, ERR_SYNTAX, file, 0, "%s", i18n_text(kind->needs));
	if (err == 0) {
		p->base.next = n->program;
		n->program = &p->base;
	}
	return err;
}

int
lua_programs_add(struct lua_programs *all, struct node *n, struct diag *d)
{
	for (size_t i = 0; i < COUNT_OF(program_kinds); i++) {
		const struct lua_program_kind *kind = program_kinds[i];
		const char *file = node_attr(n, kind->attribute, NULL);
		int err = 0;

		if (!node_plays(n, kind->plays))
			continue;
		if (file != NULL || (kind == &lua_route_kind &&
					node_attr(n, "routes", NULL) != NULL))
			err = add_program(all, n, kind, file, d);
		else if (kind->required)
			err = diag_set(d, ERR_SYNTAX, all->topology, 0,
			    _("node %s needs %s=FILE, the program that "
			      "controls it"),
			    n->name, kind->attribute);
		if (err != 0)
			return err;
	}
	return 0;
}
