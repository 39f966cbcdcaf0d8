/*
 * Runs as captures: what an export of a run shows is what the run shows, as far
 * as a capture proves it, and nothing that the way over packets has made of it.
 */
#include "fixtures/exported.h"
#include "fixtures/inspect_check.h"
#include "fixtures/inspect_scene.h"
#include "inspect_scenes.h"
#include "relation_groups.h"
#include "fixtures/labs.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

/* What is found in the captures of labs, and why; all others are clean. */
static const struct {
	const char *lab, *rules, *why;
} found[] = {
	{ "labs/gb28181-live", GB28181_RULES, "old products know no qop" },
	{ "labs/gb28181-no-answer",
	    "digest-qop gb-reached digest-algorithm gb-profile",
	    "a NAT forgets a camera between two keep-alives" },
	{ "labs/gb28181-no-stream", "gb-address " GB28181_RULES,
	    "its media server says 127.0.0.1" },
	{ "labs/gb28181-ssrc",
	    "media-source digest-qop digest-algorithm gb-profile",
	    "the camera answers with another SSRC" },
	{ "labs/gb28181-keepalive",
	    "gb-beat-taken digest-qop auth-stale digest-algorithm gb-profile",
	    "the platform waits for less than its camera's interval, and gives "
	    "a new nonce without stale" },
	{ "labs/gb28181-cascade",
	    "gb-beat-taken digest-qop gb-beat-anew digest-algorithm "
	    "gb-profile",
	    "a platform that was forgotten does not register anew" },
	{ "labs/gb28181-private-sdp", "gb-address " GB28181_RULES,
	    "its media server says a private address" },
	{ "labs/gb28181-tcp-roles", "media-connection " GB28181_RULES,
	    "both wait for the connection" },
	{ "labs/gb28181-catalogue", "gb-body " GB28181_RULES,
	    "a page of the catalogue can't be read" },
	{ "topologies/gb28181-cascade.gv", GB28181_RULES, "the same" },
	{ "topologies/gb28181-events.gv", "gb-profile", "the same" },
	{ "topologies/gb28181.gv", GB28181_RULES, "the same" },
	{ "labs/hold-dialects", "hold-zero", "an old phone holds by 0.0.0.0" },
	{ "labs/nat-alg", "proxy-response",
	    "a gateway writes the Contact anew, behind the proxy" },
	{ "labs/volte-called", "ims-profile", "3GPP has forms of its own" },
	{ "labs/volte-emergency", "ims-profile", "the same" },
	{ "labs/volte-number", "ims-profile", "the same" },
	{ "labs/volte-telephone", "ims-profile", "the same" },
	{ "topologies/volte-telephone.gv", "ims-profile", "the same" },
	{ "labs/ims-call", "ims-profile", "the same" },
	{ "labs/ims-out-of-step", "ims-profile", "the same" },
	{ "labs/ims-registration", "ims-profile", "the same" },
	{ "labs/ims-triggers", "ims-profile", "the same" },
	{ "topologies/ims.gv", "ims-profile", "the same" },
	{ "labs/agent-registrar", "register-ok",
	    "its registrar is the student's to write" },
	{ "labs/box-that-breaks-calls",
	    "pair-hops answer-direction record-route-copied contact-one",
	    "a box answers a hold by itself, another loses a route, a third "
	    "begins Max-Forwards anew, one has an inner address in Contact" },
	{ "labs/digest-replay", "auth-replay via-own-address",
	    "mallory sends what alice has sent" },
	{ "labs/handout-dialogs", "dialog-request",
	    "the first BYE loses the tag in To on its way" },
	{ "labs/handout-messages",
	    "dialog-request publish-send form-mandatory ack-2xx-branch "
	    "cancel-fields form-length form-place",
	    "mallory sends what tutorials print" },
	{ "labs/handout-more-messages",
	    "dialog-request subscribe-send register-star ack-2xx-cseq",
	    "mallory sends what tutorials print" },
	{ "labs/handout-registration", "form-mandatory",
	    "on the way REGISTERs lose their Via, and their Call-ID" },
	{ "labs/handset-malformed",
	    "form-mandatory form-once message-large via-rport",
	    "mallory sends what no phone may send; the handset writes rport "
	    "without received" },
	{ "labs/handset-slow", "via-rport",
	    "the handset writes rport without received" },
	{ "labs/handset-long-invite", "sdp-opus",
	    "its firmware gives each codec the clock 8000" },
	{ "labs/handset-tcp", "sdp-opus", "so it does here" },
	{ "labs/register-takeover", "attack-takeover", "that is the lab" },
	{ "labs/bye-from-outside", "attack-bye", "that is the lab" },
	{ "labs/calls-abroad", "attack-prefix", "that is the lab" },
	{ "labs/extension-scanner", "attack-scan", "that is the lab" },
	{ "labs/invite-flood", "attack-flood", "that is the lab" },
	{ "labs/password-guessing", "attack-guess digest-algorithm",
	    "that is the lab, and its registrar knows MD5 alone" },
	{ "labs/cancel-other-branch", "invite-ack cancel-fields",
	    "a phone with a bug: its CANCEL is for another INVITE" },
	{ "labs/endless-401", "digest-count auth-retry",
	    "a phone with that bug" },
	{ "labs/hops-anew", "pair-hops", "a box with that bug" },
	{ "labs/lost-route", "dialog-route", "a phone with that bug" },
	{ "labs/number-by-name", "answer-types", "a phone with that bug" },
	{ "labs/one-call-id", "dialog-bye", "a B2BUA with a bug" },
	{ "labs/phone-loop", "via-rport",
	    "the handset writes rport without received" },
	{ "labs/rfc3665-3.3", "transport-size",
	    "a capture does not tell the MTU: more than 1,300 bytes" },
	{ "labs/session-timer", "session-least", "alice asks for 50 s" },
	{ "labs/srtp-listener", "plain-keys", "the keys stand in the SDP" },
	{ "labs/strict-router", "record-route-lr",
	    "the lab is about a router without lr" },
};

#define NFOUND (sizeof(found) / sizeof(found[0]))

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
	LOCAL_BUF rules = BUF_INIT;
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
	trace_destroy(c);
	trace_destroy(t);
}

static void
exports_are_clean(void)
{
	labs_each_nth(export_is_clean, true, LABS_SOME);
}

/* ---- scenes ---- */

/* IN has a finding of RULE. */
static bool
has_rule(const struct inspect *in, const char *rule)
{
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++)
		if (strcmp(rule_at(inspect_clause_at(
				       inspect_report(in)->findings[i].clause)
				       ->rule)
			       ->key,
			rule) == 0)
			return true;
	return false;
}

static bool
is_found(const struct trace *t, const char *rule)
{
	struct inspect *in = inspect_trace(t, "scene");
	bool there = has_rule(in, rule);

	inspect_destroy(in);
	return there;
}

/* Which clauses no capture, or no run, shows to be broken, and why. */
static const struct {
	const char *rule;
	bool capture;
	const char *why;
} unprovable[] = {
	{ "transport-size", false, "nodes know the MTUs of their links" },
	{ "form-start-line", true, "what begins so is taken for no SIP" },
	{ "stray-response", true, "its request may not be in the capture" },
	{ "cancel-none", true, "nor may the request that it cancels" },
	{ "uac-preloaded-route", true, "the address may be a NAT's" },
	{ "proxy-by-route", true, "the address may be a NAT's" },
	{ "dialog-none", true, "what made the dialog may not be in it" },
	{ "dialog-cseq", true, "what comes late may have come before" },
	{ "bye-held", true, "the ACK may have come another way" },
	{ "reinvite-pending", true, "the other INVITE may have been lost" },
	{ "proxy-1xx", true, "the proxy's own 100 looks the same" },
	{ "proxy-2xx", true, "it may go on where nobody listens" },
	{ "proxy-cancel", true, "it may go on where nobody listens" },
	{ "proxy-cancel-others", true, "it may go on where nobody listens" },
	{ "dns-once", true, "a NAT may have changed the address" },
	{ "keepalive-flow", true, "empty lines are no messages of a capture" },
	{ "gb-port", true, "a scene has no packets of media" },
	{ "media-heard", true, "a scene has no packets of media" },
	{ "media-private", true, "a scene has no packets of media" },
	{ "media-event", true, "a scene has no packets of media" },
	{ "media-place", true, "a scene has no packets of media" },
	{ "media-types", true, "a scene has no packets of media" },
	{ "media-ptime", true, "a scene has no packets of media" },
	{ "media-fax-flow", true, "a scene has no packets of media" },
	{ "media-held", true, "a scene has no packets of media" },
	{ "media-silence", true, "a scene has no packets of media" },
	{ "media-secret", true, "a scene has no packets of media" },
	{ "media-base", true, "a scene has no packets of media" },
	{ "media-skew", true, "a scene has no packets of media" },
	{ "media-ssrc", true, "a scene has no packets of media" },
	{ "media-unreported", true, "a scene has no packets of media" },
};

static bool
is_provable(const char *rule, bool capture)
{
	for (size_t i = 0; i < sizeof(unprovable) / sizeof(unprovable[0]); i++)
		if (strcmp(unprovable[i].rule, rule) == 0 &&
		    unprovable[i].capture == capture)
			return false;
	return true;
}

/* In which the scenes of RULE show it broken: a run, the capture of that. */
static void
find_planted(const char *rule, bool in[2])
{
	for (size_t i = 0; i < NSCENES && !(in[0] && in[1]); i++) {
		struct buf out = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct trace *run = NULL, *c;

		if (strcmp(scenes[i].rule, rule) != 0)
			continue;
		scene_write(scenes[i].broken, true, &out);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&run, &out, "s", &d), 0);
		c = export_trace(run, "scene");
		in[0] |= is_found(run, rule);
		in[1] |= c != NULL && is_found(c, rule);
		trace_destroy(c);
		trace_destroy(run);
		buf_free(&out);
	}
}

/* Each clause has a fault, planted in a scene, which is found in the run and in
 * the capture of it. */
static void
clauses_are_found(void)
{
	for (size_t i = 0; i < inspect_clause_count(); i++) {
		const char *rule = rule_at(inspect_clause_at(i)->rule)->key;
		bool in[2] = { false, false };

		/* Each message without TLS breaks it; rows have scenes of
		 * their own (test_relations.c). */
		if (inspect_clause_at(i)->rule == RULE_PLAIN_SIGNALLING ||
		    inspect_clause_at(i)->relation)
			continue;
		find_planted(rule, in);
		for (int c = 0; c < 2; c++) {
			bool right = in[c] == is_provable(rule, c == 1);

			if (!right)
				printf("BAD %s in a %s: %s\n", rule,
				    c == 1 ? "capture" : "run",
				    in[c] ? "found" : "not found");
			CU_ASSERT_TRUE(right);
		}
	}
}

/* The scene's fault, in a capture of its run, breaks its row. */
static bool
row_is_found(const struct relation_scene *s)
{
	LOCAL_BUF text = BUF_INIT, out = BUF_INIT;
	struct trace *run = NULL, *c;
	struct diag d = DIAG_INIT;
	struct inspect *in;
	bool told = false;

	buf_printf(&text, "%s%s", s->before, s->fault);
	scene_write(buf_cstr(&text), true, &out);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&run, &out, "s", &d), 0);
	c = export_trace(run, "scene");
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	in = inspect_trace(c, "scene");
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++)
		told |= str_starts(
		    inspect_report(in)->findings[i].text, s->sentence);
	inspect_destroy(in);
	trace_destroy(c);
	trace_destroy(run);
	return told;
}

static void
rows_are_found(void)
{
	for (size_t g = 0; g < COUNT_OF(relation_groups); g++)
		for (size_t i = 0; i < relation_groups[g].n; i++) {
			const struct relation_scene *s =
			    &relation_groups[g].list[i];

			if (s->fault == NULL || s->run)
				continue;
			if (!row_is_found(s))
				printf(
				    "BAD not in a capture: %s\n", s->sentence);
			CU_ASSERT_TRUE(row_is_found(s));
		}
}

CHECK_MAIN("inspect exported",
    { "labs as captures, each finding with its reason", exports_are_clean },
    { "each clause, planted, in a run and in a capture", clauses_are_found },
    { "each row, broken, in a capture", rows_are_found })
