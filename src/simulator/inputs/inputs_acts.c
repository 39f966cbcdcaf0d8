/*
 * Acts and settings of a run: a person's acts and the settings of the command
 * line; and copies of inputs, of which a branch is made.
 */
#include "inputs/inputs.h"
#include "topology/topology.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "role/verb.h"

#include <string.h>

static void
act_free(struct input_act *a)
{
	for (size_t i = 0; i < a->nargs; i++) {
		mem_free((char *)a->args[i].key);
		mem_free((char *)a->args[i].value);
	}
	mem_free(a->args);
	mem_free(a->on);
	mem_free(a->verb);
}

void
inputs_free(struct inputs *in)
{
	for (size_t i = 0; i < in->nsettings; i++)
		topology_setting_free(&in->settings[i]);
	for (size_t i = 0; i < in->nacts; i++)
		act_free(&in->acts[i]);
	inputs_free_firmware(in);
	inputs_free_programs(in);
	arrivals_drop(in->outside.arrivals);
	mem_free(in->settings);
	mem_free(in->acts);
	mem_free(in->topology_file);
	mem_free(in->topology);
	topology_drop(in->graph);
	mem_free(in->script_file);
	mem_free(in->script);
	mem_free(in->lab);
	mem_free(in->folder);
	memset(in, 0, sizeof(*in));
}

int
inputs_add_setting(struct inputs *in, const struct topology_setting *setting)
{
	topology_drop(in->graph);
	in->graph = NULL;
	if (ARRAY_RESIZE(&in->settings, in->nsettings + 1) != 0)
		return ERR_NOMEM;
	return topology_setting_make(&in->settings[in->nsettings++],
	    str_of(setting->text), setting->drawn_by);
}

/* ---- acts ---- */

static int
add_arg(struct input_act *a, struct str key, struct str value)
{
	struct act_arg *arg;

	if (ARRAY_RESIZE(&a->args, a->nargs + 1) != 0)
		return ERR_NOMEM;
	arg = &a->args[a->nargs++];
	arg->key = mem_dup(key.p, key.n);
	arg->value = mem_dup(value.p, value.n);
	return arg->key != NULL && arg->value != NULL ? 0 : ERR_NOMEM;
}

static int
name_act(struct input_act *a, struct str on, struct str verb)
{
	a->on = mem_dup(on.p, on.n);
	a->verb = mem_dup(verb.p, verb.n);
	return a->on != NULL && a->verb != NULL ? 0 : ERR_NOMEM;
}

static bool
input_act_is_later(const struct input_act *a, const struct input_act *b)
{
	return a->after > b->after ||
	       (a->after == b->after && a->at_ns > b->at_ns);
}

/* Takes A, also when there is no room for it. */
static int
insert_act(struct inputs *in, struct input_act *a)
{
	size_t i;
	int err = in->nacts < INPUTS_ACTS_MAX
		      ? ARRAY_RESIZE(&in->acts, in->nacts + 1)
		      : ERR_LIMIT;

	if (err != 0) {
		act_free(a);
		return err;
	}
	for (i = in->nacts; i > 0 && input_act_is_later(&in->acts[i - 1], a);
	     i--)
		in->acts[i] = in->acts[i - 1];
	in->acts[i] = *a;
	in->nacts++;
	return 0;
}

int
inputs_tell_acts(int err, struct diag *d)
{
	return err != ERR_LIMIT ? err
				: diag_set(d, err, NULL, 0,
				      _("a run has at most %d actions, each "
					"with at most %d arguments"),
				      INPUTS_ACTS_MAX, INPUTS_ARGS_MAX);
}

int
inputs_put_act(struct inputs *in, uint64_t after, int64_t at_ns, const char *on,
    const char *verb, const struct act_arg *args, size_t nargs)
{
	struct input_act a = { .after = after, .at_ns = at_ns };
	int err = nargs <= INPUTS_ARGS_MAX ? 0 : ERR_LIMIT;

	if (err == 0)
		err = name_act(&a, str_of(on), str_of(verb));
	for (size_t i = 0; err == 0 && i < nargs; i++)
		err = add_arg(&a, str_of(args[i].key), str_of(args[i].value));
	if (err == 0)
		return insert_act(in, &a);
	act_free(&a);
	return err;
}

/* "\r", "\n", "\t", "\\" and "\x41"; any other backslash is one, for quoted
 * strings in a message. */
static int
input_act_unescape(struct str text, struct buf *out)
{
	static const char letters[] = "rnt\\", bytes[] = "\r\n\t\\";

	for (size_t i = 0; i < text.n; i++) {
		char next = i + 1 < text.n ? text.p[i + 1] : '\0';
		const char *at = next != '\0' ? strchr(letters, next) : NULL;
		int high, low;

		if (text.p[i] != '\\' || (at == NULL && next != 'x')) {
			buf_putc(out, text.p[i]);
			continue;
		}
		if (at != NULL) {
			buf_putc(out, bytes[at - letters]);
			i++;
			continue;
		}
		high = i + 2 < text.n ? chr_hex(text.p[i + 2]) : -1;
		low = i + 3 < text.n ? chr_hex(text.p[i + 3]) : -1;
		if (high < 0 || low < 0 || high + low == 0)
			return ERR_SYNTAX;
		buf_putc(out, (char)(high * 16 + low));
		i += 3;
	}
	return out->err;
}

/* A message's new bytes hold commas: they are all the rest. */
static int
parse_text(struct input_act *a, struct str args)
{
	struct str value, key = str_cut(args, '=', &value);
	LOCAL_BUF bytes = BUF_INIT;
	int err = input_act_unescape(value, &bytes);

	if (err == 0)
		err = add_arg(a, key, buf_view(&bytes));
	return err;
}

/* "41", "41@4s" */
static int
parse_when(struct input_act *a, struct str when, struct diag *d)
{
	struct str time, seq = str_cut(when, '@', &time);

	if (str_u64(seq, &a->after) != 0 || a->after == 0)
		return ERR_SYNTAX;
	if (seq.n == when.n || param_time(time, &a->at_ns) == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%.*s” is not a time; write a time after a record as in 41@4s"),
	    STR_ARG(time));
}

/* What begins the arguments of who has not put a colon before them. */
#define NO_COLON " ("

/* The name of the Ith argument of VERB that has none, or of its only one. */
static const char *
name_of_argument(struct str verb, size_t i)
{
	const char *name = verb_placed_of(verb, i);

	for (size_t k = 0; k < VERB_COUNT && name == NULL && i == 0; k++)
		if (str_is(verb, verb_rows[k].name) &&
		    verb_rows[k].args[0].key != NULL &&
		    verb_rows[k].args[0].key[0] != '*' &&
		    verb_rows[k].args[1].key == NULL)
			name = verb_rows[k].args[0].key;
	return name;
}

/* ARGS of ON.VERB are not NAME=VALUE behind a colon; how they are written. */
static int
refuse_args(struct str on, struct str verb, struct str args, struct diag *d)
{
	LOCAL_BUF meant = BUF_INIT;
	size_t placed = 0, n;

	for (char sign = ':'; args.n > 0;
	     args = str_slice(args, n + 1, args.n)) {
		const char *name = "";

		for (n = 0;
		     n < args.n && strchr(NO_COLON "),", args.p[n]) == NULL;)
			n++;
		if (n == 0)
			continue;
		if (memchr(args.p, '=', n) == NULL)
			name = name_of_argument(verb, placed++);
		buf_printf(&meant, "%c%s%s%.*s%s", sign,
		    name != NULL ? name : "",
		    name != NULL && name[0] != '\0' ? "=" : "",
		    STR_ARG(str_slice(args, 0, n)), name == NULL ? "=…" : "");
		sign = ',';
	}
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("write arguments as NAME=VALUE after a colon: %.*s.%.*s%s"),
	    STR_ARG(on), STR_ARG(verb), buf_cstr(&meant));
	return ERR_SYNTAX;
}

static int
parse_act(struct input_act *a, const char *text, struct diag *d)
{
	struct str rest, args, on, verb;
	size_t n = 0;
	ptrdiff_t dot;
	int err = parse_when(a, str_cut(str_of(text), ':', &rest), d);

	if (err != 0)
		return ERR_SYNTAX;
	while (n < rest.n && strchr(":" NO_COLON, rest.p[n]) == NULL)
		n++;
	args = str_slice(rest, n + 1, rest.n);
	dot = str_rchr(str_slice(rest, 0, n), '.');
	if (dot <= 0)
		return ERR_SYNTAX;
	on = str_slice(rest, 0, (size_t)dot);
	verb = str_slice(rest, (size_t)dot + 1, n);
	if (n < rest.n && rest.p[n] != ':')
		return refuse_args(on, verb, args, d);
	err = name_act(a, on, verb);
	/* A message has its time. */
	if (err == 0 && strcmp(a->on, "message") == 0 && a->at_ns != 0)
		err = ERR_SYNTAX;
	if (err == 0 && strcmp(a->on, "message") == 0 &&
	    strcmp(a->verb, "edit") == 0 && args.n > 0)
		return parse_text(a, args);
	while (err == 0 && args.n > 0) {
		struct str value, whole = args;
		struct str arg = str_cut(args, ',', &args);
		struct str key = str_cut(arg, '=', &value);

		if (key.n == arg.n && key.n > 0)
			return refuse_args(on, verb, whole, d);
		err = a->nargs < INPUTS_ARGS_MAX ? add_arg(a, key, value)
						 : ERR_LIMIT;
	}
	return err;
}

/* TEXT is an act, as diag_meant_read asks. */
static int
act_text_read_meant(const void *arg, const char *text, struct diag *why)
{
	struct input_act a = { 0 };
	int err = parse_act(&a, text, why);

	(void)arg;
	act_free(&a);
	return err;
}

int
inputs_add_act(struct inputs *in, const char *text, struct diag *d)
{
	struct input_act a = { 0 };
	struct diag why = DIAG_INIT;
	int err = parse_act(&a, text, &why);
	size_t digits = strspn(text, "0123456789");
	LOCAL_BUF meant = BUF_INIT;

	if (err == 0)
		return inputs_tell_acts(insert_act(in, &a), d);
	act_free(&a);
	if (why.err != 0) {
		diag_prefix(&why, "--act %s: ", text);
		return diag_pass(d, err, NULL, 0, &why);
	}
	diag_set(d, err, NULL, 0,
	    _("--act %s: expected RECORD:NODE.VERB, such as 41:bob.crash or "
	      "INVITE@atl:message.drop"),
	    text);
	/* "41.bob.crash" */
	if (digits > 0 && text[digits] == '.')
		buf_printf(
		    &meant, "%.*s:%s", (int)digits, text, text + digits + 1);
	return diag_meant_read(
	    d, err, STR_NULL, buf_cstr(&meant), act_text_read_meant, NULL);
}

/* ---- copies ---- */

static int
input_act_copy_text(char **to, const char *from)
{
	*to = from != NULL ? mem_strdup(from) : NULL;
	return from != NULL && *to == NULL ? ERR_NOMEM : 0;
}

int
inputs_copy(
    struct inputs *to, const struct inputs *from, uint64_t after, int64_t at_ns)
{
	const struct input_act last = { .after = after, .at_ns = at_ns };
	int err;

	memset(to, 0, sizeof(*to));
	to->has_seed = from->has_seed;
	to->seed = from->seed;
	to->until_ns = from->until_ns;
	to->limits = from->limits;
	to->detail = from->detail;
	to->supply = from->supply;
	to->supplier = from->supplier;
	to->processes = from->processes;
	to->linked = from->linked;
	to->nlinked = from->nlinked;
	to->outside = from->outside;
	arrivals_share(to->outside.arrivals);
	err = input_act_copy_text(&to->topology_file, from->topology_file);
	if (err == 0)
		err = input_act_copy_text(&to->topology, from->topology);
	if (err == 0)
		err = input_act_copy_text(&to->script_file, from->script_file);
	if (err == 0)
		err = input_act_copy_text(&to->script, from->script);
	if (err == 0)
		err = input_act_copy_text(&to->lab, from->lab);
	if (err == 0)
		err = input_act_copy_text(&to->folder, from->folder);
	for (size_t i = 0; err == 0 && i < from->nsettings; i++)
		err = inputs_add_setting(to, &from->settings[i]);
	to->graph = topology_keep(from->graph);
	for (size_t i = 0; err == 0 && i < from->nacts; i++) {
		const struct input_act *a = &from->acts[i];

		if (!input_act_is_later(a, &last))
			err = inputs_put_act(to, a->after, a->at_ns, a->on,
			    a->verb, a->args, a->nargs);
	}
	for (size_t i = 0; err == 0 && i < from->nfirmware; i++)
		err = inputs_know_firmware(
		    to, from->firmware[i].name, from->firmware[i].hash);
	for (size_t i = 0; err == 0 && i < from->nprograms; i++)
		err = inputs_know_program(
		    to, from->programs[i].file, from->programs[i].text);
	return err;
}
