/*
 * Faults.  Each draws from a stream of its own ("fault/N"), one value for each
 * message that matches, so that one fault leaves the others' chances alone.
 * Those of a person are counted apart: they are in force before the script's
 * later ones, and must leave their numbers and chances alone, too.
 */
#include "runs/fault.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "sim/rng.h"
#include "sip/transaction.h"

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
matches(const struct fault_spec *s, const struct net_sent *sent)
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

/* Of those that match, this one?  One draw each, whatever is asked. */
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
		if (matches(&fs->list[i]->spec, sent) && chosen(fs->list[i]))
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

void
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
