/*
 * Inputs as JSON: the member "inputs" of a trace's header (docs/TRACE.md), and
 * the way back from there.
 */
#include "inputs/inputs.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "inputs/arrivals_file.h"
#include "text/json_fields.h"

#include <string.h>

/* ---- writing ---- */

static void
write_file(
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
is_short(const struct input_act *a)
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
	FIELD(
	    struct input_act, on, TEXT, "node or call", .flags = FIELD_NEEDED),
	FIELD(struct input_act, verb, TEXT, "what is done",
	    .flags = FIELD_NEEDED),
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
		if (is_short(&in->acts[i]))
			write_short(&in->acts[i], json);
		else
			write_long(&in->acts[i], json);
	}
	buf_putc(json, ']');
}

/* Those that somebody changed. */
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
		write_file(json, "topology", in->topology_file, in->topology);
	if (in->script != NULL)
		write_file(json, "script", in->script_file, in->script);
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
take_file(struct json_value object, const char *name, char **file, char **text)
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
take_setting(struct inputs *in, struct json_value v)
{
	struct buf b = BUF_INIT;
	int err = json_cstr(v, &b);

	if (err == 0)
		err = inputs_add_setting(
		    in, &(struct topology_setting){ .text = buf_cstr(&b) });
	buf_free(&b);
	return err;
}

/* An argument: its key and value are put into TEXTS, each with a NUL behind. */
static int
take_act_arg(
    struct str key, struct json_value v, bool base64, struct buf *texts)
{
	/* With its quotes it is a value like any other. */
	struct json_value name = { JSON_STRING, { key.p - 1, key.n + 2 } };
	struct buf b = BUF_INIT;
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
	buf_free(&b);
	return err == 0 ? texts->err : err;
}

static int
take_long(struct inputs *in, struct json_value act)
{
	struct json_value args = json_member(act, "args"), v;
	struct input_act a = { .after = 0 };
	struct buf texts = BUF_INIT;
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
	buf_free(&texts);
	return err;
}

static int
take_act(struct inputs *in, struct json_value v)
{
	struct buf b = BUF_INIT;
	int err;

	if (v.type == JSON_OBJECT)
		return take_long(in, v);
	err = json_cstr(v, &b);
	if (err == 0)
		err = inputs_add_act(in, buf_cstr(&b), NULL);
	buf_free(&b);
	return err;
}

int
inputs_read_acts(struct inputs *in, struct json_value list)
{
	return take_list(in, list, take_act);
}

int
inputs_from_json(struct inputs *in, struct json_value v)
{
	struct buf b = BUF_INIT;
	int64_t n;
	int err;

	memset(in, 0, sizeof(*in));
	in->detail = TRACE_PROTOCOL;
	if (v.type != JSON_OBJECT)
		return ERR_SYNTAX;
	err = take_file(v, "topology", &in->topology_file, &in->topology);
	if (err == 0)
		err = take_file(v, "script", &in->script_file, &in->script);
	if (err == 0 && json_member(v, "lab").type != JSON_NONE)
		err = json_strdup(json_member(v, "lab"), &in->lab);
	if (err == 0)
		err = take_list(in, json_member(v, "settings"), take_setting);
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
	err = err == 0 ? b.err : err;
	buf_free(&b);
	return err;
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
		    _("this trace does not hold the inputs of its run (it was "
		      "not made by rung run) and can't be run again"));
	err = inputs_from_json(in, v);
	if (err == 0 && (in->folder = inputs_folder_of(file)) == NULL)
		err = ERR_NOMEM;
	if (err == 0 && inputs_have_arrivals(in) &&
	    arrivals_from_trace(&in->outside, t, d) != 0)
		return d->err;
	if (err == 0)
		return 0;
	return diag_set(d, err, file, 1,
	    _("the inputs in the trace's first line are damaged"));
}
