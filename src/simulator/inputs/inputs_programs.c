/*
 * Programs among a run's inputs: the texts of the files that decide in a node's
 * place (route=FILE), and of those that it serves (zone=FILE) or says
 * (sound=FILE.wav).  A trace keeps
 * them whole, as it keeps the topology, so that it alone can be run again.
 */
#include "inputs/inputs.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/menu_program.h"
#include "node/script.h"
#include "script/names.h"
#include "sound/wav.h"
#include "text/json_fields.h"

#include <string.h>

#define PROGRAMS 1000 /* of one run */

static const struct input_program *
find_known_program(const struct inputs *in, const char *name)
{
	for (size_t i = 0; i < in->nprograms; i++)
		if (strcmp(in->programs[i].file, name) == 0)
			return &in->programs[i];
	return NULL;
}

int
inputs_know_program(struct inputs *in, const char *name, const char *text)
{
	struct input_program *p;

	if (in->nprograms == PROGRAMS)
		return ERR_LIMIT;
	if (ARRAY_RESIZE(&in->programs, in->nprograms + 1) != 0)
		return ERR_NOMEM;
	p = &in->programs[in->nprograms];
	p->file = mem_strdup(name);
	p->text = mem_strdup(text);
	if (p->file == NULL || p->text == NULL) {
		mem_free(p->file);
		mem_free(p->text);
		return ERR_NOMEM;
	}
	in->nprograms++;
	return 0;
}

int
inputs_get_program(struct inputs *in, enum inputs_named what, const char *name,
    const char **text, struct diag *d)
{
	const struct input_program *p = find_known_program(in, name);
	struct buf b = BUF_INIT;
	char *read = NULL;
	int err = 0;

	if (p == NULL) {
		err = inputs_supply(in, what, name, &b, d);
		if (err == 0 && what == INPUTS_SOUND)
			err = inputs_sound_text(&b, name, d);
		if (err == 0 && b.n > INPUTS_TEXT_MAX)
			err = diag_set(d, ERR_LIMIT, name, 0,
			    _("is longer than %u bytes"), INPUTS_TEXT_MAX);
		if (err == 0 && b.n > 0 && memchr(b.p, '\0', b.n) != NULL)
			err = diag_set(d, ERR_SYNTAX, name, 0,
			    _("is no text: it has a zero byte"));
		if (err == 0 && (read = inputs_text_of(&b)) == NULL)
			err = ERR_NOMEM;
		if (err == 0)
			err = inputs_know_program(in, name, read);
		p = find_known_program(in, name);
	}
	mem_free(read);
	buf_free(&b);
	*text = err == 0 ? p->text : NULL;
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

static const struct field program_fields[] = {
	FIELD(struct input_program, file, TEXT, "as the topology names it",
	    .flags = FIELD_NEEDED),
	FIELD(struct input_program, text, TEXT, "all of it",
	    .flags = FIELD_NEEDED),
	FIELDS_END,
};

void
inputs_write_programs(const struct inputs *in, struct buf *json)
{
	json_open(json, "programs", '[');
	for (size_t i = 0; i < in->nprograms; i++) {
		json_put_item(json);
		json_put_object(program_fields, &in->programs[i], json);
	}
	buf_putc(json, ']');
}

int
inputs_read_programs(struct inputs *in, struct json_value list)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(list) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &v)) {
		struct input_program p = { .file = NULL };

		err = json_take_fields(program_fields, v, &p);
		if (err == 0)
			err = inputs_know_program(in, p.file, p.text);
		mem_free(p.file);
		mem_free(p.text);
	}
	return err == ERR_LIMIT ? ERR_SYNTAX : err;
}

void
inputs_free_programs(struct inputs *in)
{
	for (size_t i = 0; i < in->nprograms; i++) {
		mem_free(in->programs[i].file);
		mem_free(in->programs[i].text);
	}
	mem_free(in->programs);
}

bool
inputs_same_programs(struct inputs *a, const struct inputs *b)
{
	for (size_t i = 0; i < b->nprograms; i++) {
		const char *file = b->programs[i].file, *text;
		struct diag d = DIAG_INIT;
		enum inputs_named what =
		    wav_is_named(str_of(file)) ? INPUTS_SOUND : INPUTS_PROGRAM;

		if (inputs_get_program(a, what, file, &text, &d) == 0 &&
		    strcmp(text, b->programs[i].text) != 0)
			return false;
	}
	return true;
}

/* NAME is that of a function that a node calls in its program. */
static bool
is_asked(struct str name)
{
	for (unsigned e = 0; e < PROGRAM_EVENT_COUNT; e++)
		if (str_is(name, program_event_name(e)))
			return true;
	for (unsigned e = 0; e < SCRIPT_EVENT_COUNT; e++)
		if (str_is(name, script_event_name(e)))
			return true;
	for (unsigned e = 0; e < MENU_EVENT_COUNT; e++)
		if (str_is(name, menu_event_name(e)))
			return true;
	return false;
}

bool
inputs_is_command(struct str text)
{
	return !str_ends(text, ".lua") &&
	       (str_chr(text, ' ') >= 0 || str_starts(text, "./") ||
		   str_starts(text, "/"));
}

bool
inputs_is_program(struct str text)
{
	struct lua_scan s = { .text = text };
	bool defines = false, after = false;
	struct str before = STR_NULL;

	while (lua_scan_next(&s)) {
		/* lab { … } or lab(…) */
		if (str_is(before, "lab") && (s.punct == '{' || s.punct == '('))
			return false;
		defines |= after && is_asked(s.name);
		after = str_is(s.name, "function");
		before = s.name;
	}
	return defines;
}
