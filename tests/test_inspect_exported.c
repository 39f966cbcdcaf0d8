/*
 * Labs as captures: what an export of a run shows is what the run shows, and
 * nothing that the way over packets has made of it.
 */
#include "capture/capture.h"
#include "capture/pcapng_write.h"
#include "capture/trace.h"
#include "capture_made.h"
#include "inspect_check.h"
#include "labs.h"

/* What is found in the captures of labs, and why; all others are clean. */
static const struct {
	const char *lab, *rules, *why;
} found[] = {
	{ "labs/digest-replay", "auth-replay via-own-address",
	    "mallory sends what alice has sent" },
	{ "labs/handout-dialogs", "dialog-request",
	    "the first BYE loses the tag in To on its way" },
	{ "labs/handout-messages",
	    "offer-missing dialog-request publish-send form-mandatory "
	    "ack-2xx-branch cancel-fields form-length",
	    "mallory sends what tutorials print" },
	{ "labs/handout-more-messages",
	    "subscribe-send register-star ack-2xx-cseq",
	    "mallory sends what tutorials print; that a CSeq is too low "
	    "shows only where it was used" },
	{ "labs/handout-registration", "form-mandatory",
	    "on the way REGISTERs lose their Via, and their Call-ID" },
	{ "labs/handset-malformed", "form-mandatory form-once",
	    "mallory sends what no phone may send" },
	{ "labs/keep-alive", "final-sent",
	    "a proxy is switched off, and its keep-alives go on" },
	{ "labs/rfc3665-3.3", "transport-size",
	    "a capture does not tell the MTU: more than 1,300 bytes" },
	{ "labs/session-timer", "session-least", "alice asks for 50 s" },
	{ "labs/strict-router", "record-route-lr",
	    "the lab is about a router without lr" },
};

#define NFOUND (sizeof(found) / sizeof(found[0]))

/* T as a capture, and that as a trace; NULL, with a word about it, where that
 * fails. */
static struct trace *
export_trace(const struct trace *t, const char *name)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct pcapng_options how = PCAPNG_OPTIONS;
	struct buf bytes = BUF_INIT, out = BUF_INIT;
	struct capture_reader reader;
	struct diag d = DIAG_INIT;
	struct capture *c = NULL;
	struct trace *again = NULL;

	if (pcapng_write(t, &how, lab_sink, &bytes, &d) == 0)
		c = made_open(&bytes);
	if (c != NULL) {
		reader = capture_reader_of(c);
		if (capture_trace(&reader, &o, lab_sink, &out, &d) == 0)
			trace_load_buf(&again, &out, name, &d);
	}
	if (again == NULL)
		printf("BAD %s: %s\n", name, d.text);
	capture_close(c);
	buf_free(&bytes);
	buf_free(&out);
	return again;
}

static const char *
expected_of(const char *file)
{
	for (size_t i = 0; i < NFOUND; i++)
		if (strcmp(found[i].lab, file) == 0)
			return found[i].rules;
	return "";
}

static void
export_is_clean(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o), *c;
	struct buf rules = BUF_INIT;
	struct inspect *in;

	CU_ASSERT_PTR_NOT_NULL(t);
	if (t == NULL)
		return;
	c = export_trace(t, file);
	CU_ASSERT_PTR_NOT_NULL(c);
	if (c != NULL) {
		in = inspect_trace(c, file);
		put_rules(in, false, &rules);
		if (strcmp(buf_cstr(&rules), expected_of(file)) != 0)
			printf("BAD %s: \"%s\", expected \"%s\"\n", file,
			    buf_cstr(&rules), expected_of(file));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&rules), expected_of(file));
		inspect_destroy(in);
	}
	buf_free(&rules);
	trace_destroy(c);
	trace_destroy(t);
}

static void
exports_are_clean(void)
{
	labs_each_nth(export_is_clean, true, LABS_SOME);
}

CHECK_MAIN("inspect exported",
    { "labs as captures, each finding with its reason", exports_are_clean })
