/* Requests that open, run and act. */
#include "service/service_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "machine/machine_osip.h"
#include "text/json_fields.h"
#include "trace/file_kind.h"
#include "words/record_text.h"

#include <string.h>

void
service_free_strings(struct service_strings *s)
{
	for (size_t i = 0; i < s->n; i++)
		mem_free(s->list[i]);
	mem_free(s->list);
}

void
service_free_texts(struct service_texts *t)
{
	for (size_t i = 0; i < t->n; i++) {
		buf_free(&t->bytes[i]);
		mem_free(t->paths[i]);
	}
	mem_free(t->paths);
	mem_free(t->list);
	mem_free(t->bytes);
}

int
service_take_strings(struct service_strings *s, struct json_value all)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(all) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(all, &at, &v)) {
		err = ARRAY_RESIZE(&s->list, s->n + 1);
		if (err != 0)
			return err;
		s->list[s->n] = NULL;
		err = json_strdup(v, &s->list[s->n++]);
	}
	return err;
}

static int
service_run_take_text(
    struct service_texts *t, struct json_value v, struct diag *d)
{
	struct json_value packed = json_member(v, "base64");
	struct str bytes;
	size_t i = t->n;
	int err;

	if (ARRAY_RESIZE(&t->list, i + 1) != 0 ||
	    ARRAY_RESIZE(&t->bytes, i + 1) != 0 ||
	    ARRAY_RESIZE(&t->paths, i + 1) != 0)
		return ERR_NOMEM;
	t->bytes[i] = BUF_INIT;
	t->paths[i] = NULL;
	t->n++;
	err = json_strdup(json_member(v, "path"), &t->paths[i]);
	if (err == 0 && packed.type == JSON_NONE)
		err = json_text(json_member(v, "text"), &t->bytes[i]);
	else if (err == 0)
		err = json_plain(packed, &bytes) == 0
			  ? json_base64(bytes, &t->bytes[i])
			  : ERR_SYNTAX;
	if (err == ERR_SYNTAX)
		diag_set(d, err, t->paths[i], 0,
		    packed.type == JSON_NONE
			? _("texts: path or text is missing, or is not a "
			    "string")
			: _("texts: path is missing, or base64 is damaged"));
	if (err == 0)
		t->list[i] =
		    (struct engine_text){ t->paths[i], buf_view(&t->bytes[i]) };
	return err;
}

int
service_take_texts(
    struct service_texts *t, struct json_value all, struct diag *d)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(all) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(all, &at, &v))
		err = service_run_take_text(t, v, d);
	return err;
}

/* What a request to open has. */
struct lists {
	struct service_texts texts;
	struct service_strings acts, settings;
	struct topology_setting *set;
};

static void
free_lists(struct lists *l)
{
	service_free_texts(&l->texts);
	service_free_strings(&l->acts);
	service_free_strings(&l->settings);
	mem_free(l->set);
}

static int
take_lists(struct lists *l, const struct service_request *r, struct diag *d)
{
	int err =
	    service_take_texts(&l->texts, json_member(r->object, "texts"), d);

	if (err == 0)
		err = service_take_strings(
		    &l->acts, json_member(r->object, "acts"));
	if (err == 0)
		err = service_take_strings(
		    &l->settings, json_member(r->object, "settings"));
	return err;
}

static int
service_run_take(
    struct session_options *o, struct lists *l, const struct service_request *r)
{
	int err = 0;

	o->run.has_seed = r->seed != 0;
	o->run.seed = (uint64_t)r->seed;
	o->run.has_detail = service_text(r->detail) != NULL;
	if (o->run.has_detail)
		err = trace_detail_find(str_of(r->detail), &o->run.detail);
	if (err == 0 && l->settings.n > 0) {
		l->set = mem_zalloc(l->settings.n, sizeof(*l->set));
		err = l->set == NULL ? ERR_NOMEM : 0;
	}
	for (size_t i = 0; err == 0 && i < l->settings.n; i++)
		l->set[i].text = l->settings.list[i];
	o->run.settings = l->set;
	o->run.nsettings = l->settings.n;
	o->run.acts = (const char *const *)l->acts.list;
	o->run.nacts = l->acts.n;
	return err;
}

/* ---- open ---- */

/* The first text is shown as it is; REMARKS: of a capture. */
static int
service_run_take_trace(struct engine_inputs *in, struct service_texts *t,
    struct buf *remarks, struct diag *d)
{
	struct buf text = BUF_INIT;

	if (t->n == 0)
		return ERR_SYNTAX;
	if (!trace_is_begin(t->list[0].text))
		return service_capture(&t->list[0], &in->trace, remarks, d);
	buf_str(&text, t->list[0].text);
	return text.err != 0
		   ? text.err
		   : trace_read_buf(&in->trace, &text, t->paths[0], d);
}

/* A topology names no other: of two that are given the second does nothing. */
static void
remark_second(const struct service_texts *t, struct buf *out)
{
	struct buf text = BUF_INIT;
	size_t i = 1;

	if (t->n == 0 || !file_kind_is_graph(t->list[0].text))
		return;
	while (i < t->n && !file_kind_is_graph(t->list[i].text))
		i++;
	if (i >= t->n)
		return;
	buf_printf(&text,
	    _("%s is run, because it is the first of the texts; %s has no "
	      "effect"),
	    t->list[0].path, t->list[i].path);
	buf_putc(out, '[');
	json_put_str(out, buf_view(&text));
	buf_putc(out, ']');
	buf_end(&text, &out->err);
}

static const char *
get_language(size_t i)
{
	return i18n_languages()[i];
}

static const char *
detail_at(size_t i)
{
	return i <= TRACE_NETWORK ? trace_detail_name((enum trace_detail)i)
				  : NULL;
}

/* KEY has VALUE, which is none of NAME_AT's names, NULL behind the last. */
static void
say_none(struct diag *d, int err, const char *key, const char *value,
    const char *(*name_at)(size_t i))
{
	LOCAL_BUF all = BUF_INIT;

	for (size_t i = 0; name_at(i) != NULL; i++)
		buf_printf(&all, "%s%s", i > 0 ? ", " : "", name_at(i));
	diag_set(d, err, NULL, 0, _("%s: there is no “%s”"), key, value);
	diag_near(d, err, str_of(value), buf_cstr(&all));
}

int
service_open(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_inputs in = { .student = service_text(r->student),
		.lab = service_text(r->lab) };
	struct lists l = { .set = NULL };
	LOCAL_BUF remarks = BUF_INIT;
	struct engine *e = NULL;
	int err = 0;

	if (service_text(r->language) != NULL &&
	    (err = i18n_choose(r->language)) != 0)
		say_none(d, err, "language", r->language, get_language);
	if (err == 0 && service_text(r->vocabulary) != NULL &&
	    (err = machine_vocabulary_choose(str_of(r->vocabulary))) != 0)
		say_none(
		    d, err, "vocabulary", r->vocabulary, machine_vocabulary_at);
	if (err == 0)
		err = take_lists(&l, r, d);
	if (err == 0 &&
	    (err = service_run_take(&in.options, &l, r)) == ERR_NOTFOUND)
		say_none(d, err, "detail", r->detail, detail_at);
	in.texts = l.texts.list;
	in.ntexts = l.texts.n;
	if (err == 0 && r->shown)
		err = service_run_take_trace(&in, &l.texts, &remarks, d);
	else if (err == 0 && in.lab == NULL)
		remark_second(&l.texts, &remarks);
	if (err == 0)
		err = engine_open(&e, &in, d);
	free_lists(&l);
	if (err == 0) {
		engine_close(s->engine);
		s->engine = e;
		if (remarks.n > 0)
			json_put_key(out, "remarks");
		buf_str(out, buf_view(&remarks));
		err = service_branches(s, r, out, d);
	}
	return err;
}

int
service_more_texts(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct service_texts t = { 0 };
	int err = service_take_texts(&t, json_member(r->object, "texts"), d);

	(void)out;
	if (err == 0)
		err = engine_add_texts(s->engine, t.list, t.n, d);
	service_free_texts(&t);
	return err;
}

int
service_close(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	(void)r;
	(void)out;
	(void)d;
	service_end_experiment(s);
	engine_close(s->engine);
	s->engine = NULL;
	return 0;
}

/* ---- branches ---- */

static void
service_run_put_branch(const struct engine_branch *b, struct buf *out)
{
	json_open(out, NULL, '{');
	json_put_field(out, "name", str_of(b->name));
	json_put_int(out, "records", (int64_t)b->records);
	json_put_bool(out, "done", trace_complete(b->trace));
	json_put_bool(out, "may_act", b->may_act);
	if (b->has_parent) {
		json_put_int(out, "parent", (int64_t)b->parent);
		json_put_int(out, "after", (int64_t)b->after);
	}
	buf_putc(out, '}');
}

int
service_branches(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_branch b;

	(void)r;
	(void)d;
	json_open(out, "branches", '[');
	for (size_t i = 0; engine_branch(s->engine, i, &b); i++)
		service_run_put_branch(&b, out);
	buf_putc(out, ']');
	return 0;
}

/* Members FILE and LINE of what D says, where it says them. */
static void
service_run_put_place(const struct diag *d, struct buf *out)
{
	if (d->file[0] != '\0')
		json_put_field(out, "file", str_of(d->file));
	if (d->line > 0)
		json_put_int(out, "line", d->line);
}

/* What BRANCH's run is doubtful about, which FAILED, if it did, is not. */
static void
put_doubts(const struct engine *e, size_t branch, const struct diag *failed,
    struct buf *out)
{
	const struct diag *d;

	json_open(out, "doubts", '[');
	for (size_t i = 0; (d = engine_doubt(e, branch, i)) != NULL; i++) {
		if (strcmp(d->text, failed->text) == 0)
			continue;
		json_open(out, NULL, '{');
		json_put_field(out, "text", str_of(d->text));
		service_run_put_place(d, out);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

int
service_advance(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	size_t branch = r->act ? ENGINE_ACT : r->branch;
	struct engine_progress p;
	struct engine_branch b = { .records = 0 };
	int err = engine_advance(s->engine, branch, r->budget, &p, d);

	if (err != 0)
		return err;
	engine_branch(s->engine, p.branch, &b);
	json_put_bool(out, "done", p.done);
	json_put_int(out, "branch", (int64_t)p.branch);
	json_put_int(out, "percent", p.percent);
	json_put_int(out, "records", (int64_t)b.records);
	if (d->err != 0) {
		json_put_field(out, "failed", str_of(d->text));
		service_run_put_place(d, out);
	}
	if (p.done && !r->act)
		put_doubts(s->engine, p.branch, d, out);
	return 0;
}

int
service_rename(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	(void)out;
	return engine_rename(
	    s->engine, r->branch, r->name != NULL ? r->name : "", d);
}

int
service_delete(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	(void)out;
	return engine_rename(s->engine, r->branch, NULL, d);
}

/* ---- acts ---- */

/* The members of `args`: keys and values in turn. */
static int
take_args(
    const struct service_request *r, struct service_strings *s, struct diag *d)
{
	struct json_value args = json_member(r->object, "args"), v;
	struct str key;
	size_t at = 0;
	int err = 0;

	while (err == 0 && args.type == JSON_OBJECT &&
	       json_next(args.raw, &at, &key, &v) == 1) {
		err = ARRAY_RESIZE(&s->list, s->n + 2);
		if (err != 0)
			break;
		s->list[s->n] = mem_dup(key.p, key.n);
		s->list[s->n + 1] = NULL;
		s->n += 2;
		err = s->list[s->n - 2] == NULL
			  ? ERR_NOMEM
			  : json_strdup(v, &s->list[s->n - 1]);
		if (err == ERR_SYNTAX)
			json_tell_amiss(
			    &(struct field){
				.key = s->list[s->n - 2], .kind = FIELD_TEXT },
			    v, d);
	}
	return err;
}

int
service_grow(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	int err = engine_grow(s->engine, str_of(r->text), d);

	return err == 0 ? service_branches(s, r, out, d) : err;
}

int
service_act(struct service *s, const struct service_request *r, struct buf *out,
    struct diag *d)
{
	struct act act = { .on = service_text(r->on),
		.verb = service_text(r->verb),
		.at_ns = r->t };
	struct act_arg args[INPUTS_ARGS_MAX];
	struct service_strings l = { .n = 0 };
	int err = act.on != NULL && act.verb != NULL ? 0 : ERR_SYNTAX;

	(void)out;
	if (err == 0)
		err = take_args(r, &l, d);
	if (err == 0 && l.n / 2 > INPUTS_ARGS_MAX)
		err = inputs_tell_acts(ERR_LIMIT, d);
	for (size_t i = 0; err == 0 && i < l.n / 2; i++)
		args[i] = (struct act_arg){ l.list[2 * i], l.list[2 * i + 1] };
	act.args = args;
	act.nargs = l.n / 2;
	if (err == 0)
		err = engine_act(
		    s->engine, r->branch, (uint64_t)r->record, &act, d);
	service_free_strings(&l);
	return err;
}

int
service_cancel(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	(void)r;
	(void)out;
	return engine_act(s->engine, 0, 0, NULL, d);
}

static void
put_thing(void *arg, const struct acted *it)
{
	static const char *const kinds[ACTED_KINDS] = { "call", "node",
		"link" };
	struct buf *out = arg;

	json_open(out, NULL, '{');
	json_put_field(out, "on", it->on);
	json_put_field(out, "kind", str_of(kinds[it->kind]));
	json_put_field(out, "text", it->text);
	json_put_int(out, "offers", (int64_t)it->offers);
	if (it->addr.n > 0)
		json_put_field(
		    out, "address", str_cut(it->addr, ' ', &(struct str){ 0 }));
	buf_putc(out, '}');
}

/* The message of record SEQ, with its bytes where they are a text. */
static void
service_run_put_message(const struct trace *t, uint64_t seq, struct buf *out)
{
	struct buf text = BUF_INIT;
	struct json_value bytes;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	record_summary(t, &rec, &text);
	json_open(out, "message", '{');
	json_put_int(out, "record", (int64_t)seq);
	json_put_field(out, "node", rec.node);
	json_put_field(out, "summary", buf_view(&text));
	bytes = trace_member(&rec, "text");
	if (bytes.type == JSON_STRING) {
		json_put_key(out, "text");
		buf_str(out, bytes.raw);
	}
	buf_putc(out, '}');
	buf_end(&text, &out->err);
}

int
service_things(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_branch b;
	uint64_t message;
	int err;

	json_open(out, "things", '[');
	err = engine_things(s->engine, r->branch, (uint64_t)r->record,
	    put_thing, out, &message, d);
	buf_putc(out, ']');
	if (err == 0 && message > 0 && engine_branch(s->engine, r->branch, &b))
		service_run_put_message(b.trace, message, out);
	return err;
}

int
service_faults(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_fault f;
	size_t head = 0;

	json_open(out, "faults", '[');
	for (size_t i = 0; engine_fault(
		 s->engine, r->branch, (uint64_t)r->record, i, &f, &head, d);
	     i++) {
		json_open(out, NULL, '{');
		json_put_int(out, "record", (int64_t)f.after);
		json_put_field(out, "on", buf_view(&f.on));
		json_put_field(out, "verb", str_of(f.verb));
		json_open(out, "args", '{');
		if (f.by.n > 0)
			json_put_field(out, "by", buf_view(&f.by));
		buf_puts(out, "}}");
		buf_end(&f.on, &out->err);
		buf_end(&f.by, &out->err);
	}
	buf_putc(out, ']');
	json_put_int(out, "lines", (int64_t)head);
	return d->err;
}

static void
put_verb(const struct act_verb *v, struct buf *out)
{
	json_open(out, NULL, '{');
	json_put_field(out, "name", str_of(v->name));
	json_put_field(out, "text", str_of(v->text));
	json_put_field(out, "now", str_of(v->now));
	json_open(out, "params", '[');
	for (size_t i = 0; i < ACT_VERB_ARGS && v->params[i] != NULL; i++) {
		json_open(out, NULL, '{');
		json_put_field(out, "key", str_of(v->params[i]));
		if (v->hints[i] != NULL)
			json_put_field(out, "hint", str_of(v->hints[i]));
		json_put_bool(out, "needed", v->needed[i]);
		buf_putc(out, '}');
	}
	buf_puts(out, "]}");
}

#define VERBS 64

int
service_verbs(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct act_verb list[VERBS];
	size_t n;

	if (service_text(r->on) == NULL)
		return ERR_SYNTAX;
	n = engine_verbs(
	    s->engine, r->branch, (uint64_t)r->record, r->on, list, VERBS, d);
	if (d->err != 0)
		return d->err;
	json_open(out, "verbs", '[');
	for (size_t i = 0; i < n; i++)
		put_verb(&list[i], out);
	buf_putc(out, ']');
	return 0;
}

int
service_check(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	const struct act_arg arg = { r->key, r->value };

	(void)out;
	if (service_text(r->on) == NULL || service_text(r->verb) == NULL ||
	    service_text(r->key) == NULL || r->value == NULL)
		return ERR_SYNTAX;
	return engine_check(s->engine, r->branch, r->on, r->verb, &arg, d);
}
