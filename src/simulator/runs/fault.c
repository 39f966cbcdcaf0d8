/*
 * Faults.  Each draws from a stream of its own ("fault/N"), one value for each
 * message that matches, so that one fault leaves the others' chances alone.
 * Those of a person are counted apart: they are in force before the script's
 * later ones, and must leave their numbers and chances alone as well.
 */
#include "runs/fault.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/methods.h"
#include "runs/run_in.h"
#include "sim/rng.h"

#include <lauxlib.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct fault {
	struct fault_spec spec;
	struct rng rng;
	uint64_t matched;
	bool struck;
	unsigned id; /* of the script's, from 1; 0: a person's */
};

struct faults {
	struct world *world;
	struct fault **list;
	size_t n;
	unsigned scripted, by_person;
	struct msg view; /* of a message that is answered in its place */
	fault_rewrite_fn *rewrite;
	void *arg;
};

static bool
fault_matches(const struct fault_spec *s, const struct net_sent *sent)
{
	static const struct trace_message nothing;
	const struct trace_message *m =
	    sent->message != NULL ? sent->message : &nothing;
	ptrdiff_t space = str_chr(m->cseq, ' ');
	struct str cseq = str_slice(m->cseq, (size_t)(space + 1), m->cseq.n);

	if (cseq.n == 0)
		cseq = m->method;
	if (s->seq != 0)
		return s->seq == sent->seq;
	if (s->method[0] != '\0' && !str_is(m->method, s->method))
		return false;
	if (s->cseq[0] != '\0' && !str_is(cseq, s->cseq))
		return false;
	if ((s->status != 0 && m->status != s->status) ||
	    (s->class != 0 && m->status / 100 != s->class))
		return false;
	if (s->src[0] != '\0' && strcmp(s->src, sent->src) != 0)
		return false;
	if (s->dst[0] != '\0' &&
	    (sent->dst == NULL || strcmp(s->dst, sent->dst) != 0))
		return false;
	return !s->first || m->retx == 0;
}

/* Is this one of the matching messages chosen?  One draw each, whatever the
 * chance. */
static bool
chosen(struct fault *f)
{
	double chance = rng_unit(&f->rng);
	uint64_t k = ++f->matched;

	if (f->spec.nth != 0)
		return k == f->spec.nth;
	if (f->spec.every != 0)
		return k % f->spec.every == 0;
	return f->spec.probability < 0 || chance < f->spec.probability;
}

static const char *
effect(const struct fault_spec *s)
{
	return s->drop             ? "drop"
	       : s->respond != 0   ? "respond"
	       : s->edit.p != NULL ? "edit"
	       : s->rewrite != 0   ? "rewrite"
	       : s->corrupt != 0   ? "corrupt"
	       : s->duplicate != 0 ? "duplicate"
	       : s->cut            ? "cut"
				   : "delay";
}

/* The fault's record, with the bytes that travel instead where it has changed
 * them. */
static uint64_t
record_strike(struct faults *fs, const struct fault *f,
    const struct net_sent *sent, const struct buf *changed)
{
	struct sim *sim = fs->world->sim;
	struct trace_writer *w = sim_trace(sim);

	trace_open(w, TRACE_FAULT, sim_now(sim), NULL, sent->seq, RULE_NONE);
	if (f->id != 0)
		trace_put_int(w, "fault", f->id);
	trace_put_cstr(w, "effect", effect(&f->spec));
	trace_put_int(w, "of", (int64_t)sent->seq);
	trace_put_int(w, "count", (int64_t)f->matched);
	if (f->spec.delay_ns != 0)
		trace_put_int(w, "delay", f->spec.delay_ns);
	if (f->spec.respond != 0)
		trace_put_int(w, "status", f->spec.respond);
	if (f->spec.cut)
		trace_put_int(w, "cut", (int64_t)f->spec.cut_at);
	if (changed != NULL && changed->err == 0)
		trace_put_bytes(w, buf_view(changed));
	return trace_close(w);
}

static void
corrupt(struct fault *f, struct net_verdict *v)
{
	for (unsigned i = 0; i < f->spec.corrupt && v->bytes.n > 0; i++) {
		size_t at = (size_t)rng_below(&f->rng, v->bytes.n);

		v->bytes.p[at] =
		    (char)(v->bytes.p[at] ^ (1 << rng_below(&f->rng, 7)));
	}
}

/* The receiver seems to answer with the status at once. */
static void
respond(struct faults *fs, struct fault *f, const struct net_sent *sent,
    uint64_t cause)
{
	struct msg *m = &fs->view;
	struct sip_in in = { .m = m };
	struct node *dst;
	uint64_t old;

	if (sent->dst == NULL || sent->message == NULL ||
	    sent->message->status != 0)
		return;
	dst = world_find(fs->world, sent->dst);
	if (dst == NULL || dst->stack == NULL ||
	    msg_read(m, sent->bytes, NULL) != MSG_FAULT_NONE)
		return;
	/* RFC 3581 4: from where the request would have come to. */
	if (addr_parse(str_of(sent->dst_addr), &in.at) != 0)
		in.at = (struct addr){ 0 };
	old = sim_set_cause(fs->world->sim, cause);
	sip_stack_respond(dst->stack, &in, f->spec.respond,
	    str_of(msg_status_phrase(f->spec.respond)), STR_NULL, RULE_NONE);
	sim_set_cause(fs->world->sim, old);
}

/* Whether F has changed the bytes, which are then V's. */
static bool
change(struct faults *fs, struct fault *f, const struct net_sent *sent,
    struct net_verdict *v)
{
	const struct fault_spec *s = &f->spec;

	if (s->corrupt == 0 && s->rewrite == 0 && s->edit.p == NULL)
		return false;
	buf_clear(&v->bytes);
	v->changed = true;
	if (s->edit.p != NULL)
		buf_str(&v->bytes, s->edit);
	if (s->rewrite != 0 &&
	    fs->rewrite(sent->bytes, s->rewrite, &v->bytes, fs->arg) != 0) {
		v->drop = true;
		return false;
	}
	if (s->rewrite == 0 && s->edit.p == NULL)
		buf_str(&v->bytes, sent->bytes);
	corrupt(f, v);
	return true;
}

static void
strike(struct faults *fs, struct fault *f, const struct net_sent *sent,
    struct net_verdict *v)
{
	const struct fault_spec *s = &f->spec;
	bool changed = change(fs, f, sent, v);

	f->struck = true;
	v->fault = record_strike(fs, f, sent, changed ? &v->bytes : NULL);
	v->drop = v->drop || s->drop || s->respond != 0;
	v->gone = v->gone || s->respond != 0;
	v->delay_ns += s->delay_ns;
	v->copies += s->duplicate;
	if (s->cut) {
		v->cut = true;
		v->cut_at = s->cut_at;
	}
	if (s->respond != 0)
		respond(fs, f, sent, v->fault);
}

static void
tamper_with_send(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	struct faults *fs = arg;

	for (size_t i = 0; i < fs->n; i++)
		if (fault_matches(&fs->list[i]->spec, sent) &&
		    chosen(fs->list[i]))
			strike(fs, fs->list[i], sent, v);
}

int
faults_create(struct faults **fp, struct world *w)
{
	struct faults *f = mem_zalloc(1, sizeof(*f));

	*fp = f;
	if (f == NULL)
		return ERR_NOMEM;
	f->world = w;
	return 0;
}

void
faults_destroy(struct faults *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++)
		mem_free(f->list[i]);
	mem_free(f->list);
	mem_free(f);
}

static void
faults_set_rewriter(struct faults *f, fault_rewrite_fn *fn, void *arg)
{
	f->rewrite = fn;
	f->arg = arg;
}

int
faults_add(struct faults *fs, const struct fault_spec *spec)
{
	struct fault *f;
	char name[32];

	if (ARRAY_RESIZE(&fs->list, fs->n + 1) != 0)
		return ERR_NOMEM;
	f = mem_zalloc(1, sizeof(*f));
	if (f == NULL)
		return ERR_NOMEM;
	f->spec = *spec;
	if (spec->seq == 0)
		f->id = ++fs->scripted;
	snprintf(name, sizeof(name), spec->seq == 0 ? "%u" : "person/%u",
	    spec->seq == 0 ? f->id : ++fs->by_person);
	rng_init(&f->rng, sim_seed(fs->world->sim), "fault", name);
	fs->list[fs->n++] = f;
	sim_take_memory(fs->world->sim, sizeof(*f) + 2 * sizeof(f));
	net_set_tamper(fs->world->net, tamper_with_send, fs);
	return 0;
}

bool
faults_tell(const struct faults *fs, size_t i, const struct fault_spec **spec,
    uint64_t *matched, bool *struck)
{
	for (size_t k = 0; k < fs->n; k++) {
		const struct fault *f = fs->list[k];

		if (f->id == 0 || i-- > 0)
			continue;
		*spec = &f->spec;
		*matched = f->matched;
		*struck = f->struck;
		return true;
	}
	return false;
}

bool
faults_struck(const struct faults *fs, uint64_t seq)
{
	for (size_t i = 0; i < fs->n; i++)
		if (fs->list[i]->spec.seq == seq && fs->list[i]->matched > 0)
			return true;
	return false;
}

/* ---- fault { … } in scripts ---- */

/* RFC 3261 7.1: methods are case-sensitive, so no message has an "invite". */
static void
fault_check_method(lua_State *L, struct str v)
{
	char upper[16];
	size_t n = 0;

	while (n < v.n && n < sizeof(upper)) {
		char c = v.p[n];

		upper[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	if (n < v.n || msg_method_find(v) != MSG_OTHER ||
	    msg_method_find((struct str){ upper, n }) == MSG_OTHER)
		return;
	sandbox_error(L,
	    _("fault: method names are case-sensitive; write “%.*s”, not “%s”"),
	    (int)n, upper, v.p);
}

/* X(ID, what a sentence says of it): forms of fields. */
#define FORMS(X)                                          \
	X(METHOD, N_("a method, such as \"INVITE\""))     \
	X(STATUS, N_("a status, such as 200 or \"2xx\"")) \
	X(NODE, N_("the name of a node"))                 \
	X(NUMBER, N_("a number from 1"))                  \
	X(SHARE, N_("a share, such as \"10%\""))          \
	X(BOOL, N_("true or false"))                      \
	X(TIME, N_("a time, such as \"500ms\""))          \
	X(TIMES, N_("true or a number"))                  \
	X(BYTES, N_("true or a number of bytes"))         \
	X(RESPOND, N_("a status from 100 to 699"))        \
	X(CUT, N_("a number of bytes"))                   \
	X(FUNCTION, N_("a function"))

enum form {
#define X(id, expected) id,
	FORMS(X)
#undef X
};

static const char *const expected[] = {
#define X(id, text) text,
	FORMS(X)
#undef X
};

static const struct field {
	const char *name;
	enum form form;
	size_t at; /* in struct fault_spec */
} fields[] = {
#define FIELD(form, member)                                        \
	{                                                          \
#member, form, offsetof(struct fault_spec, member) \
	}
	FIELD(METHOD, method),
	FIELD(STATUS, status),
	FIELD(METHOD, cseq),
	FIELD(NODE, src),
	FIELD(NODE, dst),
	FIELD(NUMBER, nth),
	FIELD(NUMBER, every),
	FIELD(SHARE, probability),
	FIELD(BOOL, first),
	FIELD(BOOL, drop),
	{ "delay", TIME, offsetof(struct fault_spec, delay_ns) },
	FIELD(TIMES, duplicate),
	FIELD(BYTES, corrupt),
	FIELD(RESPOND, respond),
	FIELD(CUT, cut),
	FIELD(FUNCTION, rewrite),
#undef FIELD
};

static bool
fault_read_name(struct str value, char *to, size_t size)
{
	snprintf(to, size, "%.*s", STR_ARG(value));
	return value.n > 0 && value.n < size;
}

static bool
fault_read_status(struct str v, unsigned *status)
{
	return str_u32(v, status) == 0 && *status >= 100 && *status <= 699;
}

/* true is 1 */
static bool
fault_read_count(struct str v, unsigned *n)
{
	bool yes;

	if (str_u32(v, n) == 0)
		return *n <= 1000;
	if (param_bool(v, &yes) != 0)
		return false;
	*n = yes;
	return true;
}

/* V as field F of S; false where it is malformed. */
static bool
fault_read_value(
    lua_State *L, const struct field *f, struct str v, struct fault_spec *s)
{
	void *to = (char *)s + f->at;

	switch (f->form) {
	case METHOD:
		fault_check_method(L, v);
		return fault_read_name(v, to, sizeof(s->method));
	case STATUS:
		if (v.n != 3 || !str_ends(v, "xx"))
			return fault_read_status(v, to);
		s->class = (unsigned)(v.p[0] - '0');
		return v.p[0] >= '1' && v.p[0] <= '6';
	case NODE:
		return map_get(run_of(L)->world->nodes, v) != NULL &&
		       fault_read_name(v, to, sizeof(s->src));
	case NUMBER:
		return str_u64(v, to) == 0 && *(uint64_t *)to > 0;
	case SHARE:
		return param_share(v, to) == 0;
	case BOOL:
		return param_bool(v, to) == 0;
	case TIME:
		return param_time(v, to) == 0;
	case TIMES:
	case BYTES:
		return fault_read_count(v, to);
	case RESPOND:
		return fault_read_status(v, to);
	case CUT:
		s->cut = true;
		return str_u32(v, &s->cut_at) == 0;
	case FUNCTION:
		break;
	}
	return false;
}

static const struct param_synonym synonyms[] = {
	{ "count", "nth" },
	{ "times", "nth" },
	{ "number", "nth" },
	{ "from", "src" },
	{ "source", "src" },
	{ "to", "dst" },
	{ "destination", "dst" },
	{ "lose", "drop" },
	{ "lost", "drop" },
	{ "latency", "delay" },
	{ "loss", "probability" },
	{ "code", "respond" },
	{ "reply", "respond" },
	{ NULL, NULL },
};

/* KEY is not a field: one that may be meant, or else which there are. */
static void
refuse_field(lua_State *L, const char *key)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("fault has no field “%s”"), key);
	diag_one_called(&d, ERR_NOTFOUND, synonyms, str_of(key),
	    &fields[0].name, COUNT_OF(fields), sizeof(fields[0]));
	sandbox_error_of(L, &d);
}

/* So many seconds without a unit get a warning: 64*T1 are 32. */
#define DELAY_LONG 40

static void
fault_read_field(lua_State *L, const char *key, struct fault_spec *s)
{
	struct str value;
	size_t i = 0;

	while (i < COUNT_OF(fields) && strcmp(fields[i].name, key) != 0)
		i++;
	if (i == COUNT_OF(fields)) {
		refuse_field(L, key);
		return;
	}
	if (fields[i].form == FUNCTION) {
		if (!lua_isfunction(L, -1))
			sandbox_error(L,
			    _("fault: rewrite is a function that returns the "
			      "new text: rewrite = function(text) return text "
			      "end"));
		lua_pushvalue(L, -1);
		s->rewrite = luaL_ref(L, LUA_REGISTRYINDEX);
		return;
	}
	value = sandbox_tostring(L, -1);
	if (fields[i].form == TIME)
		run_warn_lua_time(L, "delay=", value, DELAY_LONG);
	if (!fault_read_value(L, &fields[i], value, s))
		sandbox_error(L,
		    _("fault: “%s” is not a value for %s; expected %s"),
		    value.p, key, _(expected[fields[i].form]));
	lua_pop(L, 1);
}

/* ---- rewrite = function(text) return text end ---- */

struct rewriting {
	struct str bytes;
	int ref;
	struct buf *out;
};

static int
rewrite_body(lua_State *L)
{
	struct rewriting *w = lua_touserdata(L, 1);
	const char *text;
	size_t n;

	lua_rawgeti(L, LUA_REGISTRYINDEX, w->ref);
	lua_pushlstring(L, w->bytes.p, w->bytes.n);
	lua_call(L, 1, 1);
	if (lua_type(L, -1) != LUA_TSTRING) {
		lua_rawgeti(L, LUA_REGISTRYINDEX, w->ref);
		return sandbox_error_in(
		    L, _("a fault's rewrite must return the new text"));
	}
	text = lua_tolstring(L, -1, &n);
	buf_add(w->out, text, n);
	return 0;
}

/* The value of TEXT's Content-Length, and in *BODY how many bytes its body has;
 * empty: TEXT has no such field, or no head. */
static struct str
read_length(struct str text, size_t *body)
{
	ptrdiff_t end = str_find(text, "\r\n\r\n");
	struct str rest = end < 0 ? STR_NULL : str_slice(text, 0, (size_t)end);
	struct str value;

	*body = end < 0 ? 0 : text.n - (size_t)end - 4;
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		struct str name = str_trim(str_cut(line, ':', &value));

		if (msg_header_find(name) == MSG_H_CONTENT_LENGTH)
			return str_trim(value);
	}
	return STR_NULL;
}

/* RFC 3261 20.14: what was written of WAS has a body of another length.  A
 * length that was wrong before, or that the function has written itself, stays.
 */
static int
correct_length(struct str was, struct buf *out)
{
	LOCAL_BUF text = BUF_INIT;
	size_t had, has;
	struct str whole = buf_view(out), old = read_length(was, &had),
		   length = read_length(whole, &has);
	uint32_t n;

	if (had == has || !str_eq(old, length) || str_u32(old, &n) != 0 ||
	    n != had)
		return 0;
	buf_str(&text, str_slice(whole, 0, (size_t)(length.p - whole.p)));
	buf_u64(&text, has);
	buf_str(&text,
	    str_slice(whole, (size_t)(length.p - whole.p) + length.n, whole.n));
	buf_clear(out);
	buf_str(out, buf_view(&text));
	return text.err != 0 ? text.err : out->err;
}

static int
rewrite(struct str bytes, int ref, struct buf *out, void *arg)
{
	struct rewriting w = { bytes, ref, out };
	struct run *r = arg;
	struct diag d = DIAG_INIT;
	bool inner = r->rewriting;
	int err;

	/* A node is in the middle of sending: its function may only look at
	 * the message. */
	r->rewriting = true;
	err = sandbox_protect(r->sandbox, rewrite_body, &w, &d);
	if (err == 0)
		err = diag_fail(&d, correct_length(bytes, out));
	r->rewriting = inner;

	if (err != 0 && r->error.err == 0) {
		r->error = d;
		sim_stop(r->world->sim);
	}
	return err;
}

/* What it costs to keep one. */
#define FAULT_STEPS 20

int
lua_fn_fault(lua_State *L)
{
	struct run *r = lua_after_lab(L);
	struct fault_spec s = { .probability = -1 };

	run_refuse_in_rewrite(r, L);
	sandbox_charge(L, FAULT_STEPS);
	if (!lua_istable(L, 1))
		return sandbox_error(
		    L, _("write the fields of fault in braces: fault { … }"));
	lua_pushnil(L);
	while (sandbox_next(L, 1) != 0) {
		if (lua_type(L, -2) != LUA_TSTRING)
			return sandbox_error(
			    L, _("fault needs names: fault { name = value }"));
		fault_read_field(L, lua_tostring(L, -2), &s);
		lua_pop(L, 1);
	}
	if (s.method[0] != '\0' && (s.status != 0 || s.class != 0))
		return sandbox_error(L,
		    _("fault: method is for requests and status for responses; "
		      "cseq=%s matches both"),
		    s.method);
	if (s.drop && (s.delay_ns != 0 || s.duplicate != 0 || s.respond != 0))
		return sandbox_error(L,
		    _("fault: a dropped message can't also be delayed, "
		      "duplicated or answered; omit drop or the other field"));
	if (s.respond != 0 && strcmp(s.method, "ACK") == 0)
		return sandbox_error(L,
		    _("fault: an ACK gets no response; use drop to lose it"));
	if (!s.drop && s.delay_ns == 0 && s.duplicate == 0 && s.corrupt == 0 &&
	    s.respond == 0 && s.rewrite == 0 && !s.cut)
		return sandbox_error(
		    L, _("fault says which messages, but not what happens to "
			 "them; add drop, delay, duplicate, corrupt, rewrite, "
			 "respond or cut"));
	sandbox_where(L, s.where, sizeof(s.where));
	faults_set_rewriter(r->faults, rewrite, r);
	if (faults_add(r->faults, &s) != 0)
		return sandbox_error(L, "%s", err_text(ERR_NOMEM));
	return 0;
}
