/*
 * Inputs as JSON: the member "inputs" of a trace's header (docs/TRACE.md), and
 * the way back from there.
 */
#include "inputs/inputs.h"

#include "base/err.h"
#include "base/mem.h"
#include "inputs/arrivals_file.h"
#include "inputs/share_labs.h"
#include "sound/wav.h"
#include "text/json_fields.h"
#include "text/utf8.h"
#include "trace/page_link.h"

#include <stdio.h>
#include <string.h>

/* ---- writing ---- */

static void
inputs_json_write_file(
    struct buf *json, const char *key, const char *file, const char *text)
{
	json_open(json, key, '{');
	json_put_field(json, "file", str_of(file));
	json_put_field(json, "text", str_of(text));
	buf_putc(json, '}');
}

/* What the short form can't hold: the comma between arguments, bytes that are
 * no text, the bytes of a message. */
static bool
inputs_json_is_short(const struct input_act *a)
{
	if (strcmp(a->verb, "edit") == 0)
		return false;
	for (size_t i = 0; i < a->nargs; i++)
		if (strpbrk(a->args[i].key, ",=") != NULL ||
		    strchr(a->args[i].value, ',') != NULL ||
		    !utf8_valid(str_of(a->args[i].value)))
			return false;
	return utf8_valid(str_of(a->on)) && utf8_valid(str_of(a->verb));
}

static void
write_short(const struct input_act *a, struct buf *json)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "%llu", (unsigned long long)a->after);
	if (a->at_ns != 0)
		buf_printf(&text, "@%lldns", (long long)a->at_ns);
	buf_printf(&text, ":%s.%s", a->on, a->verb);
	for (size_t k = 0; k < a->nargs; k++)
		buf_printf(&text, "%c%s=%s", k == 0 ? ':' : ',', a->args[k].key,
		    a->args[k].value);
	json_put_str(json, buf_view(&text));
	buf_end(&text, &json->err);
}

static const struct field act_fields[] = {
	FIELD(struct input_act, after, NUMBER, "the record right before it",
	    .flags = FIELD_NEEDED, .least = 1),
	FIELD_AS("t", struct input_act, at_ns, NUMBER, "ns, where it is later",
	    .flags = FIELD_ANY | FIELD_RIGHT),
	NEEDED_FIELD(struct input_act, on, TEXT, "node or call"),
	NEEDED_FIELD(struct input_act, verb, TEXT, "what is done"),
	FIELDS_END,
};

static void
write_args(const struct input_act *a, bool base64, struct buf *json)
{
	json_open(json, base64 ? "args64" : "args", '{');
	for (size_t k = 0; k < a->nargs; k++) {
		struct str value = str_of(a->args[k].value);

		if (k > 0)
			buf_putc(json, ',');
		json_put_str(json, str_of(a->args[k].key));
		buf_putc(json, ':');
		if (!base64) {
			json_put_str(json, value);
			continue;
		}
		buf_putc(json, '"');
		json_put_base64(json, value);
		buf_putc(json, '"');
	}
	buf_putc(json, '}');
}

static void
write_long(const struct input_act *a, struct buf *json)
{
	bool base64 = false;

	for (size_t k = 0; k < a->nargs; k++)
		base64 = base64 || !utf8_valid(str_of(a->args[k].value));
	buf_putc(json, '{');
	json_put_fields(act_fields, a, json);
	write_args(a, base64, json);
	buf_putc(json, '}');
}

void
inputs_write_acts(const struct inputs *in, struct buf *json)
{
	buf_putc(json, '[');
	for (size_t i = 0; i < in->nacts; i++) {
		json_put_item(json);
		if (inputs_json_is_short(&in->acts[i]))
			write_short(&in->acts[i], json);
		else
			write_long(&in->acts[i], json);
	}
	buf_putc(json, ']');
}

/* The limits that differ from the defaults. */
static void
write_limits(const struct sim_limits *l, struct buf *json)
{
	bool any = false;

	for (size_t i = 0; i < SIM_LIMIT_COUNT; i++)
		any = any || l->most[i] != 0;
	if (!any)
		return;
	json_open(json, "limits", '{');
	for (size_t i = 0; i < SIM_LIMIT_COUNT; i++)
		if (l->most[i] != 0)
			json_put_int(json, sim_limit_name((enum sim_limit)i),
			    (int64_t)l->most[i]);
	buf_putc(json, '}');
}

static void
read_limits(struct json_value v, struct sim_limits *l)
{
	int64_t n;

	for (size_t i = 0; i < SIM_LIMIT_COUNT; i++)
		if (json_int(json_member(v, sim_limit_name((enum sim_limit)i)),
			&n) == 0 &&
		    n > 0)
			l->most[i] = (uint64_t)n;
}

void
inputs_write(const struct inputs *in, struct buf *json)
{
	buf_putc(json, '{');
	if (in->topology != NULL)
		inputs_json_write_file(
		    json, "topology", in->topology_file, in->topology);
	if (in->script != NULL)
		inputs_json_write_file(
		    json, "script", in->script_file, in->script);
	if (in->lab != NULL)
		json_put_field(json, "lab", str_of(in->lab));
	if (in->nfirmware > 0)
		inputs_write_firmware(in, json);
	if (in->nprograms > 0)
		inputs_write_programs(in, json);
	json_open(json, "settings", '[');
	for (size_t i = 0; i < in->nsettings; i++) {
		json_put_item(json);
		json_put_str(json, str_of(in->settings[i].text));
	}
	buf_putc(json, ']');
	if (in->has_seed)
		json_put_int(json, "seed", (int64_t)in->seed);
	if (in->until_ns != 0)
		json_put_int(json, "until", in->until_ns);
	write_limits(&in->limits, json);
	json_put_field(json, "detail", str_of(trace_detail_name(in->detail)));
	if (in->outside.there)
		json_put_bool(json, "outside", true);
	if (in->outside.asks)
		json_put_bool(json, "asks", true);
	json_put_key(json, "acts");
	inputs_write_acts(in, json);
	buf_putc(json, '}');
}

/* ---- reading ---- */

static int
inputs_json_take_file(
    struct json_value object, const char *name, char **file, char **text)
{
	struct json_value v = json_member(object, name);
	int err;

	if (v.type == JSON_NONE)
		return 0;
	if (v.type != JSON_OBJECT)
		return ERR_SYNTAX;
	err = json_strdup(json_member(v, "file"), file);
	return err == 0 ? json_strdup(json_member(v, "text"), text) : err;
}

typedef int take_fn(struct inputs *in, struct json_value v);

static int
take_list(struct inputs *in, struct json_value list, take_fn *take)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(list) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &v))
		err = take(in, v);
	return err;
}

static int
inputs_json_take_setting(struct inputs *in, struct json_value v)
{
	LOCAL_BUF b = BUF_INIT;
	int err = json_cstr(v, &b);

	if (err == 0)
		err = inputs_add_setting(
		    in, &(struct topology_setting){ .text = buf_cstr(&b) });
	return err;
}

/* An argument: its key and value are put into TEXTS, each with a NUL behind. */
static int
take_act_arg(
    struct str key, struct json_value v, bool base64, struct buf *texts)
{
	/* With its quotes it is a value like any other. */
	struct json_value name = { JSON_STRING, { key.p - 1, key.n + 2 } };
	LOCAL_BUF b = BUF_INIT;
	struct str plain;
	int err = json_cstr(name, &b);

	buf_putc(&b, '\0');
	buf_str(texts, buf_view(&b));
	err = err == 0 ? b.err : err;
	buf_clear(&b);
	if (err == 0 && base64) {
		err = json_plain(v, &plain);
		if (err == 0)
			err = json_base64(plain, &b);
		if (err == 0 && b.n > 0 && memchr(b.p, '\0', b.n) != NULL)
			err = ERR_SYNTAX;
	} else if (err == 0) {
		err = json_cstr(v, &b);
	}
	buf_putc(&b, '\0');
	buf_str(texts, buf_view(&b));
	err = err == 0 ? b.err : err;
	return err == 0 ? texts->err : err;
}

static int
inputs_json_take_long(struct inputs *in, struct json_value act)
{
	struct json_value args = json_member(act, "args"), v;
	struct input_act a = { .after = 0 };
	LOCAL_BUF texts = BUF_INIT;
	struct act_arg list[INPUTS_ARGS_MAX];
	bool base64 = args.type == JSON_NONE;
	size_t at = 0, n = 0;
	struct str key;
	int err = json_take_fields(act_fields, act, &a);

	if (base64)
		args = json_member(act, "args64");
	if (err == 0 && args.type != JSON_NONE && args.type != JSON_OBJECT)
		err = ERR_SYNTAX;
	while (err == 0 && args.type == JSON_OBJECT &&
	       json_next(args.raw, &at, &key, &v)) {
		err = n < INPUTS_ARGS_MAX ? take_act_arg(key, v, base64, &texts)
					  : ERR_SYNTAX;
		n++;
	}
	/* Only now the texts stay where they are. */
	for (size_t i = 0, p = 0; err == 0 && i < n; i++) {
		list[i].key = texts.p + p;
		p += strlen(texts.p + p) + 1;
		list[i].value = texts.p + p;
		p += strlen(texts.p + p) + 1;
	}
	if (err == 0)
		err =
		    inputs_put_act(in, a.after, a.at_ns, a.on, a.verb, list, n);
	mem_free(a.on);
	mem_free(a.verb);
	return err;
}

static int
inputs_json_take_act(struct inputs *in, struct json_value v)
{
	LOCAL_BUF b = BUF_INIT;
	int err;

	if (v.type == JSON_OBJECT)
		return inputs_json_take_long(in, v);
	err = json_cstr(v, &b);
	if (err == 0)
		err = inputs_add_act(in, buf_cstr(&b), NULL);
	return err;
}

int
inputs_read_acts(struct inputs *in, struct json_value list)
{
	return take_list(in, list, inputs_json_take_act);
}

int
inputs_from_json(struct inputs *in, struct json_value v)
{
	LOCAL_BUF b = BUF_INIT;
	int64_t n;
	int err;

	memset(in, 0, sizeof(*in));
	in->detail = TRACE_PROTOCOL;
	if (v.type != JSON_OBJECT)
		return ERR_SYNTAX;
	err = inputs_json_take_file(
	    v, "topology", &in->topology_file, &in->topology);
	if (err == 0)
		err = inputs_json_take_file(
		    v, "script", &in->script_file, &in->script);
	if (err == 0 && json_member(v, "lab").type != JSON_NONE)
		err = json_strdup(json_member(v, "lab"), &in->lab);
	if (err == 0)
		err = take_list(
		    in, json_member(v, "settings"), inputs_json_take_setting);
	if (err == 0)
		err = inputs_read_acts(in, json_member(v, "acts"));
	if (err == 0)
		err = inputs_read_firmware(in, json_member(v, "firmware"));
	if (err == 0)
		err = inputs_read_programs(in, json_member(v, "programs"));
	if (json_int(json_member(v, "seed"), &n) == 0) {
		in->has_seed = true;
		in->seed = (uint64_t)n;
	}
	if (json_int(json_member(v, "until"), &n) == 0 && n > 0)
		in->until_ns = n;
	in->outside.there = json_is_true(json_member(v, "outside"));
	in->outside.asks = json_is_true(json_member(v, "asks"));
	read_limits(json_member(v, "limits"), &in->limits);
	if (err == 0 && json_text(json_member(v, "detail"), &b) == 0)
		trace_detail_find(buf_view(&b), &in->detail);
	return err == 0 ? b.err : err;
}

void
inputs_write_arrivals(const struct inputs *in, struct buf *json)
{
	if (!inputs_have_arrivals(in))
		return;
	json_put_key(json, "arrivals");
	arrivals_put(&in->outside, json);
}

int
inputs_read_arrivals_of(struct inputs *in, struct json_value v, struct diag *d)
{
	return inputs_have_arrivals(in)
		   ? arrivals_take(&in->outside, json_member(v, "arrivals"), d)
		   : 0;
}

int
inputs_from_head(
    struct inputs *in, const struct trace *t, const char *file, struct diag *d)
{
	struct json_value v = trace_head(t)->inputs;
	int err;

	memset(in, 0, sizeof(*in));
	if (v.type != JSON_OBJECT)
		return diag_set(d, ERR_UNSUPPORTED, file, 1,
		    _("this trace does not contain the inputs of its run (rung "
		      "run did not make it), so the run can't be repeated"));
	err = inputs_from_json(in, v);
	if (err == 0 && (in->folder = inputs_folder_of(file)) == NULL)
		err = ERR_NOMEM;
	snprintf(
	    in->osip, sizeof(in->osip), "%.*s", STR_ARG(trace_head(t)->osip));
	if (err == 0 && inputs_have_arrivals(in) &&
	    arrivals_from_trace(&in->outside, t, d) != 0)
		return d->err;
	if (err == 0)
		return 0;
	return diag_set(d, err, file, 1,
	    _("the inputs in the trace's first line are damaged"));
}

/* ---- Inputs in a link: {"inputs":{…},"same":"…","arrivals":[…]} ---- */

/*
 * An unchanged lab of rung's own is not written out: its script is missing, the
 * texts that it names are empty, and `same` is the sum of all these, by which
 * another version of the lab is recognized.  Each text left out of IN is summed
 * with the NUL after it.
 */
static uint64_t
sum_of_texts(const struct inputs *in)
{
	uint64_t h = STR_HASH_START;
	const char *texts[] = { in->script, in->topology };

	for (size_t i = 0; i < 2 + in->nprograms; i++) {
		const char *s = i < 2 ? texts[i] : in->programs[i - 2].text;

		if (s != NULL)
			h = str_hash_add(h, (struct str){ s, strlen(s) + 1 });
	}
	return str_hash_end(h);
}

/* Reads the texts of IN's lab, of the files that IN names, into OWN, to be
 * freed in any case.  0 or D's error. */
static int
read_own_texts(struct inputs *own, const struct inputs *in, struct diag *d)
{
	LOCAL_BUF b = BUF_INIT;
	const char *text;
	int err;

	*own =
	    (struct inputs){ .supply = in->supply, .supplier = in->supplier };
	err = inputs_supply(own, INPUTS_FOLDER, in->lab, &b, d);
	own->folder = err == 0 ? mem_strdup(buf_cstr(&b)) : NULL;
	buf_clear(&b);
	if (err == 0)
		err = inputs_supply(own, INPUTS_PROGRAM, INPUTS_LAB, &b, d);
	own->script_file = mem_strdup(INPUTS_LAB);
	own->script = err == 0 ? inputs_text_of(&b) : NULL;
	if (err == 0 && (own->folder == NULL || own->script_file == NULL ||
			    own->script == NULL))
		err = ERR_NOMEM;
	if (err == 0)
		err = inputs_find_topology(own, in->topology_file, d);
	for (size_t i = 0; err == 0 && i < in->nprograms; i++) {
		const char *file = in->programs[i].file;

		err = inputs_get_program(own,
		    wav_is_named(str_of(file)) ? INPUTS_SOUND : INPUTS_PROGRAM,
		    file, &text, d);
	}
	return err;
}

/* ---- writing ---- */

/* IN is a lab of rung's own, as it is here. */
static bool
is_own_lab(const struct inputs *in)
{
	struct diag d = DIAG_INIT;
	LOCAL(inputs_free) struct inputs own = { .lab = NULL };

	return in->lab != NULL && share_is_own(in->lab) && in->script != NULL &&
	       in->topology != NULL && read_own_texts(&own, in, &d) == 0 &&
	       sum_of_texts(&own) == sum_of_texts(in);
}

static void
leave_texts_out(struct inputs *in)
{
	mem_free(in->script);
	in->script = NULL;
	in->topology[0] = '\0';
	for (size_t i = 0; i < in->nprograms; i++)
		in->programs[i].text[0] = '\0';
}

/* What a link can't hold. */
static int
check_firmware(const struct inputs *in, struct diag *d)
{
	for (size_t i = 0; i < in->nfirmware; i++)
		if (in->firmware[i].name[0] != '\0')
			return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			    _("the firmware “%s” is too large for a link; give "
			      "away the files instead"),
			    in->firmware[i].name);
	return 0;
}

int
inputs_link(
    const struct inputs *in, const char *page, struct buf *out, struct diag *d)
{
	struct inputs copy;
	LOCAL_BUF json = BUF_INIT;
	bool own = is_own_lab(in);
	int err = inputs_copy(&copy, in, UINT64_MAX, INT64_MAX);

	if (err == 0 && own)
		leave_texts_out(&copy);
	else if (err == 0)
		err = check_firmware(in, d);
	if (err == 0) {
		json_open(&json, NULL, '{');
		json_put_key(&json, "inputs");
		inputs_write(&copy, &json);
		if (own)
			json_put_hash(&json, "same", sum_of_texts(in));
		inputs_write_arrivals(in, &json);
		buf_putc(&json, '}');
		err = json.err;
	}
	if (err == 0)
		err = page_link_put(buf_view(&json), page, out, d);
	inputs_free(&copy);
	return diag_fail(d, err);
}

/* ---- reading ---- */

/* The texts of the lab that IN names, which have the sum SAME. */
static int
take_own_texts(struct inputs *in, uint64_t same, struct diag *d)
{
	struct inputs own = { .lab = NULL }, was;
	int err = 0;

	if (in->lab == NULL || in->topology_file == NULL ||
	    !share_is_own(in->lab))
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("the link refers to a lab that this rung does not have: "
		      "%s"),
		    in->lab != NULL ? in->lab : "?");
	if (err == 0)
		err = read_own_texts(&own, in, d);
	if (err == 0 && sum_of_texts(&own) != same)
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the lab “%s” differs from the lab for which the link "
		      "was made: it was changed, or rung has another version"),
		    in->lab);
	if (err == 0) {
		/* IN's own texts take the places of the lab's, and are freed
		 * with OWN. */
		was = *in;
		in->folder = own.folder;
		in->script_file = own.script_file;
		in->script = own.script;
		in->topology = own.topology;
		in->programs = own.programs;
		in->nprograms = own.nprograms;
		own.folder = was.folder;
		own.script_file = was.script_file;
		own.script = was.script;
		own.topology = was.topology;
		own.programs = was.programs;
		own.nprograms = was.nprograms;
	}
	inputs_free(&own);
	return err;
}

static int
take_link_object(struct inputs *in, struct json_value v, struct diag *d)
{
	const struct inputs was = *in;
	struct json_value inputs = json_member(v, "inputs");
	uint64_t same;
	int err;

	err = inputs_from_json(in, inputs);
	in->supply = was.supply;
	in->supplier = was.supplier;
	if (err == 0)
		err = inputs_read_arrivals_of(in, v, d);
	if (err == 0 && json_hash(json_member(v, "same"), &same) == 0)
		return take_own_texts(in, same, d);
	if (err == 0 && in->script == NULL && in->topology == NULL)
		err = ERR_SYNTAX;
	in->linked = true;
	in->nlinked = in->nsettings;
	return err;
}

int
inputs_take_link(struct inputs *in, struct str link, struct diag *d)
{
	LOCAL_BUF bytes = BUF_INIT;
	struct json_value v;
	struct str rest;
	int err = page_link_read(link, &bytes, d);

	rest = buf_view(&bytes);
	if (err == 0)
		err = json_read(&rest, &v);
	if (err == 0)
		err = take_link_object(in, v, d);
	if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0, "%s",
		    _("the link does not contain a run of rung"));
	return diag_fail(d, err);
}
