/* Requests that open, run and act. */
#include "service/service_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

/* A request's texts, acts, settings and arguments, as C has them. */
struct lists {
	struct engine_text *texts;
	struct buf *bytes; /* of each text */
	char **paths;
	size_t ntexts;
	char **acts, **settings;
	size_t nacts, nsettings;
	struct topology_setting *set;
};

static void
free_strings(char **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mem_free(list[i]);
	mem_free(list);
}

static void
free_lists(struct lists *l)
{
	for (size_t i = 0; i < l->ntexts; i++)
		buf_free(&l->bytes[i]);
	free_strings(l->paths, l->ntexts);
	free_strings(l->acts, l->nacts);
	free_strings(l->settings, l->nsettings);
	mem_free(l->texts);
	mem_free(l->bytes);
	mem_free(l->set);
}

/* The strings of member KEY to *LIST. */
static int
take_strings(
    const struct service_request *r, const char *key, char ***list, size_t *n)
{
	struct json_value all = json_member(r->object, key), v;
	size_t at = 0;

	if (!json_is_list(all))
		return ERR_SYNTAX;
	while (json_item(all, &at, &v)) {
		int err = ARRAY_RESIZE(list, *n + 1);

		if (err != 0)
			return err;
		(*list)[*n] = NULL;
		err = json_strdup(v, &(*list)[(*n)++]);
		if (err != 0)
			return err;
	}
	return 0;
}

static int
take_text(struct lists *l, struct json_value v)
{
	size_t i = l->ntexts;
	int err;

	if (ARRAY_RESIZE(&l->texts, i + 1) != 0 ||
	    ARRAY_RESIZE(&l->bytes, i + 1) != 0 ||
	    ARRAY_RESIZE(&l->paths, i + 1) != 0)
		return ERR_NOMEM;
	l->bytes[i] = BUF_INIT;
	l->paths[i] = NULL;
	l->ntexts++;
	err = json_strdup(json_member(v, "path"), &l->paths[i]);
	if (err == 0)
		err = json_text(json_member(v, "text"), &l->bytes[i]);
	if (err == 0)
		l->texts[i] =
		    (struct engine_text){ l->paths[i], buf_view(&l->bytes[i]) };
	return err;
}

static int
take_lists(struct lists *l, const struct service_request *r)
{
	struct json_value all = json_member(r->object, "texts"), v;
	size_t at = 0;
	int err = json_is_list(all) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(all, &at, &v))
		err = take_text(l, v);
	if (err == 0)
		err = take_strings(r, "acts", &l->acts, &l->nacts);
	if (err == 0)
		err = take_strings(r, "settings", &l->settings, &l->nsettings);
	return err;
}

static int
take_run(
    struct session_options *o, struct lists *l, const struct service_request *r)
{
	int err = 0;

	o->run.has_seed = r->seed != 0;
	o->run.seed = (uint64_t)r->seed;
	o->run.has_detail = service_text(r->detail) != NULL;
	if (o->run.has_detail)
		err = trace_detail_find(str_of(r->detail), &o->run.detail);
	if (err == 0 && l->nsettings > 0) {
		l->set = mem_zalloc(l->nsettings, sizeof(*l->set));
		err = l->set == NULL ? ERR_NOMEM : 0;
	}
	for (size_t i = 0; err == 0 && i < l->nsettings; i++)
		l->set[i].text = l->settings[i];
	o->run.settings = l->set;
	o->run.nsettings = l->nsettings;
	o->run.acts = (const char *const *)l->acts;
	o->run.nacts = l->nacts;
	return err;
}

/* ---- open ---- */

int
service_open(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct engine_inputs in = { .student = service_text(r->student) };
	struct lists l = { .texts = NULL };
	struct engine *e = NULL;
	int err = 0;

	if (service_text(r->language) != NULL)
		err = i18n_choose(r->language);
	if (err == 0)
		err = take_lists(&l, r);
	if (err == 0)
		err = take_run(&in.options, &l, r);
	in.texts = l.texts;
	in.ntexts = l.ntexts;
	if (err == 0)
		err = engine_open(&e, &in, d);
	free_lists(&l);
	if (err != 0)
		return err;
	engine_close(s->engine);
	s->engine = e;
	return service_branches(s, r, out, d);
}

int
service_close(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	(void)r;
	(void)out;
	(void)d;
	engine_close(s->engine);
	s->engine = NULL;
	return 0;
}

/* ---- branches ---- */

static void
put_branch(const struct engine_branch *b, struct buf *out)
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
		put_branch(&b, out);
	buf_putc(out, ']');
	return 0;
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
	if (d->err != 0)
		json_put_field(out, "failed", str_of(d->text));
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

/* The members of `args`: *LIST, keys and values in turn. */
static int
take_args(const struct service_request *r, char ***list, size_t *n)
{
	struct json_value args = json_member(r->object, "args"), v;
	struct str key;
	size_t at = 0;
	int err =
	    args.type == JSON_OBJECT || args.type == JSON_NONE ? 0 : ERR_SYNTAX;

	while (err == 0 && args.type == JSON_OBJECT &&
	       json_next(args.raw, &at, &key, &v) == 1) {
		err = ARRAY_RESIZE(list, *n + 2);
		if (err != 0)
			break;
		(*list)[*n] = mem_dup(key.p, key.n);
		(*list)[*n + 1] = NULL;
		*n += 2;
		err = (*list)[*n - 2] == NULL
			  ? ERR_NOMEM
			  : json_strdup(v, &(*list)[*n - 1]);
	}
	return err;
}

int
service_act(struct service *s, const struct service_request *r, struct buf *out,
    struct diag *d)
{
	struct act act = { .on = service_text(r->on),
		.verb = service_text(r->verb),
		.at_ns = r->t };
	struct act_arg args[INPUTS_ARGS_MAX];
	char **list = NULL;
	size_t n = 0;
	int err = act.on != NULL && act.verb != NULL ? 0 : ERR_SYNTAX;

	(void)out;
	if (err == 0)
		err = take_args(r, &list, &n);
	if (err == 0 && n / 2 > INPUTS_ARGS_MAX)
		err = ERR_LIMIT;
	for (size_t i = 0; err == 0 && i < n / 2; i++)
		args[i] = (struct act_arg){ list[2 * i], list[2 * i + 1] };
	act.args = args;
	act.nargs = n / 2;
	if (err == 0)
		err = engine_act(
		    s->engine, r->branch, (uint64_t)r->record, &act, d);
	free_strings(list, n);
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

	(void)d;

	if (service_text(r->on) == NULL)
		return ERR_SYNTAX;
	n = engine_verbs(
	    s->engine, r->branch, (uint64_t)r->record, r->on, list, VERBS);
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
