/*
 * A record that names no address where one may stand, as a route that leads
 * nowhere, was looked up among the nodes' addresses without an end: `rung
 * explain` and the Why pane stood still.
 */
#include "fixtures/sample_trace.h"

#include "fixtures/check.h"
#include "fixtures/doc_check.h"
#include "words/explain_doc.h"
#include "words/record_doc.h"

#include <sys/resource.h>

/* A test that stands still is over after so much of the processor's time. */
#define SECONDS 30

static void
bound_time(void)
{
	const struct rlimit most = { SECONDS, SECONDS };

	CU_ASSERT_EQUAL_FATAL(setrlimit(RLIMIT_CPU, &most), 0);
}

static void
nobody_has_no_address(void)
{
	static const char *const addrs[] = { "", "10.0.0.1",
		"10.0.0.1 192.0.2.7" };

	bound_time();
	for (size_t i = 0; i < sizeof(addrs) / sizeof(addrs[0]); i++) {
		const struct trace_node n = { .addr = str_of(addrs[i]) };

		CU_ASSERT_FALSE(trace_node_has_addr(&n, STR_NULL));
		CU_ASSERT_FALSE(trace_node_has_addr(&n, STR("")));
		CU_ASSERT_FALSE(trace_node_has_addr(&n, STR("0.0.0.1")));
		CU_ASSERT_FALSE(trace_node_has_addr(&n, STR("10.0.0.1 ")));
		CU_ASSERT_EQUAL(
		    trace_node_has_addr(&n, STR("10.0.0.1")), i > 0);
		CU_ASSERT_EQUAL(
		    trace_node_has_addr(&n, STR("192.0.2.7")), i == 2);
	}
}

/* With each value of NEXT, or none. */
static void
routes_are_explained(void)
{
	static const char *const next[] = { "", ",\"next\":\"\"",
		",\"next\":\":5060\"", ",\"next\":\" \"", ",\"next\":null",
		",\"next\":\"10.9.9.9:5060\"" };

	for (size_t i = 0; i < sizeof(next) / sizeof(next[0]); i++) {
		struct sample s = SAMPLE_INIT;
		struct doc d = DOC_INIT;
		struct trace *t;
		uint64_t seq;

		sample_begin(&s, "nowhere");
		sample_node(&s, "atl", "proxy", "atl.example", "");
		sample_node(&s, "bob", "ua", "", "Bob");
		seq = sample_rec(&s, "route", "atl", 0, "RFC3261 16.5",
		    ",\"uri\":\"sip:bob@nowhere\"%s", next[i]);
		t = sample_end(&s);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		explain_doc(
		    t, seq, &(struct explain_options){ .width = 80 }, &d);
		record_doc(t, seq, 80, &d);
		CU_ASSERT(doc_has(&d, "atl"));
		CU_ASSERT(doc_is_sound(&d, 80, seq));
		doc_free(&d);
		trace_destroy(t);
	}
}

CHECK_MAIN("route_to_nowhere_explained",
    { "nobody has no address", nobody_has_no_address },
    { "routes are explained", routes_are_explained })
