/*
 * Views of messages beside the messages, in the runs of the labs: each view
 * that is kept is what reading, checking and knowing its bytes once more makes
 * of them, whether they came, were built or were changed on their way.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "runs/run_in.h"
#include "sip/engine_in.h"

struct watched {
	const char *file;
	struct run *run;
	unsigned next; /* the view that is looked at next */
};

static struct msg again, kept;
static unsigned compared, sound;

static bool
is_slice(struct str a, struct str b)
{
	return a.n == b.n && (a.p == b.p || a.n == 0);
}

static bool
same_party(const struct msg_party *a, const struct msg_party *b)
{
	return is_slice(a->value, b->value) && a->err == b->err &&
	       is_slice(a->uri, b->uri) && is_slice(a->tag, b->tag);
}

static bool
same_via(const struct msg_known *a, const struct msg_known *b)
{
	const struct msg_via *v = &a->via, *w = &b->via;

	return a->via_err == b->via_err &&
	       is_slice(a->via_value, b->via_value) &&
	       is_slice(v->transport, w->transport) &&
	       is_slice(v->sent_by, w->sent_by) && is_slice(v->host, w->host) &&
	       v->port == w->port && is_slice(v->params, w->params) &&
	       is_slice(v->branch, w->branch) &&
	       is_slice(v->received, w->received) &&
	       v->has_rport == w->has_rport && v->has_maddr == w->has_maddr &&
	       is_slice(v->rport, w->rport) && is_slice(v->maddr, w->maddr);
}

static const char *
difference(const struct msg *a, const struct msg *b)
{
	if (!is_slice(a->bytes, b->bytes) ||
	    !is_slice(a->start_line, b->start_line) ||
	    a->request != b->request || a->status != b->status ||
	    !is_slice(a->reason, b->reason) || !is_slice(a->uri, b->uri) ||
	    !is_slice(a->version, b->version))
		return "start line";
	if (a->method != b->method || !is_slice(a->method_name, b->method_name))
		return "method";
	if (!is_slice(a->body, b->body))
		return "body";
	if (a->nfields != b->nfields || a->has[0] != b->has[0] ||
	    a->has[1] != b->has[1])
		return "fields";
	for (size_t i = 0; i < a->nfields; i++)
		if (!is_slice(a->fields[i].line, b->fields[i].line) ||
		    !is_slice(a->fields[i].name, b->fields[i].name) ||
		    !is_slice(a->fields[i].value, b->fields[i].value) ||
		    a->fields[i].id != b->fields[i].id)
			return "field";
	if (!same_via(&a->known, &b->known))
		return "Via";
	if (!same_party(&a->known.from, &b->known.from))
		return "From";
	return same_party(&a->known.to, &b->known.to) ? NULL : "To";
}

static void
look_at(struct watched *w, const struct sip_recent_message *v)
{
	const char *what;
	enum msg_fault fault;

	if (v->of == NULL)
		return;
	memcpy(&kept, v->msg, v->size);
	fault = msg_read(&again, sip_bytes_view(v->of), NULL);
	msg_know(&again);
	what = fault != MSG_FAULT_NONE ? "fault" : difference(&kept, &again);
	if (what == NULL && kept.sound &&
	    msg_check(&again, NULL) != MSG_FAULT_NONE)
		what = "check";
	compared++;
	sound += kept.sound;
	if (what == NULL)
		return;
	printf("BAD %s: %s: %.*s\n", w->file, what,
	    STR_ARG(sip_bytes_view(v->of)));
	CU_FAIL("a view is not what its bytes say");
}

/* Looks at what was kept since the last record. */
static int
watch_views(const char *line, size_t n, void *arg)
{
	struct watched *w = arg;
	const struct sip_recent_messages *v;

	(void)line;
	(void)n;
	if (w->run == NULL)
		return 0;
	v = &w->run->world->engine->recent;
	for (; w->next != v->next;
	     w->next = (w->next + 1) % SIP_RECENT_MESSAGES)
		look_at(w, &v->messages[w->next]);
	return 0;
}

static void
watch_lab(const char *file)
{
	struct watched w = { .file = file };
	struct diag d = DIAG_INIT;
	struct inputs in;
	bool done = false;
	int err = inputs_read(&in, file, &d);

	in.detail = TRACE_PROTOCOL;
	if (err == 0)
		inputs_use_files(&in);
	if (err == 0)
		err = run_create(&w.run, &in, watch_views, &w, &d);
	while (err == 0 && !done)
		err = run_advance(w.run, 0, &done, &d);
	CU_ASSERT(err == 0);
	run_destroy(w.run);
	inputs_free(&in);
}

static void
all_labs(void)
{
	labs_each_nth(watch_lab, true, LABS_SOME);
	printf("  %u views compared, %u of them sound\n", compared, sound);
	CU_ASSERT(compared > 1000 && sound > compared / 2);
}

CHECK_MAIN("sip_views_runs", { "labs", all_labs })
