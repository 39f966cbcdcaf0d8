/*
 * libosip2's names of the transaction machines: each number has the name that
 * osip2/osip.h gives it, and each step that libosip2 takes has an event.
 */
#include "fixtures/check.h"
#include "machine/machine_osip.h"

#include <string.h>
#include <sys/time.h>
#include <time.h>

#include <osip2/osip.h>

/* NUMBER is the library's own, NAME what its header calls it. */
static void
expect(const char *name, const char *(*at)(uint32_t), int number)
{
	const char *said = at((uint32_t)number);

	CU_ASSERT_FATAL(said != NULL);
	if (strcmp(said, name) != 0)
		printf("%d is %s, not %s\n", number, name, said);
	CU_ASSERT_STRING_EQUAL(said, name);
}

static void
numbers(void)
{
#define X(name) expect(#name, machine_osip_event_at, name);
	OSIP_EVENTS(X)
#undef X
#define X(name) expect("OSIP_" #name, machine_osip_callback_at, OSIP_##name);
	OSIP_CALLBACKS(X)
#undef X
#define X(name)                                                         \
	expect(#name, machine_osip_machine_at, name);                   \
	expect("OSIP_" #name "_KILL_TRANSACTION", machine_osip_kill_at, \
	    OSIP_##name##_KILL_TRANSACTION);
	OSIP_MACHINES(X)
#undef X
	CU_ASSERT(machine_osip_event_at(UNKNOWN_EVT) == NULL);
	CU_ASSERT(
	    machine_osip_callback_at(OSIP_MESSAGE_CALLBACK_COUNT) == NULL);
	CU_ASSERT(machine_osip_kill_at(OSIP_KILL_CALLBACK_COUNT) == NULL);
	CU_ASSERT(machine_osip_machine_at(4) == NULL);
	CU_ASSERT(machine_osip_event_at(UINT32_MAX) == NULL);
}

/* What RFC 6026 and RFC 4320 add, and what only rung's side decides. */
static bool
is_beyond(const struct machine_edge *e)
{
	return e->from == STATE_ACCEPTED || e->event == EVENT_GIVEN_UP ||
	       e->event == EVENT_TRANSPORT_ERROR;
}

static void
steps(void)
{
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		for (size_t k = 0; k < m->nedges; k++) {
			const struct machine_edge *e = &m->edges[k];
			const char *name = machine_osip_event(
			    m, e->from, str_of(event_word(e->event)));
			const char *callback = machine_osip_callback(m, e);

			if (!machine_transacts(m)) {
				CU_ASSERT(name == NULL);
				CU_ASSERT(callback == NULL);
				continue;
			}
			CU_ASSERT_EQUAL(name != NULL, !is_beyond(e));
			/* The callback is of this machine. */
			CU_ASSERT(callback == NULL ||
				  (strncmp(callback, "OSIP_", 5) == 0 &&
				      strncmp(callback + 5, m->name,
					  strlen(m->name)) == 0));
		}
}

static void
states(void)
{
	const struct machine *m;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++)
		for (size_t k = 0; k < m->nstates; k++) {
			enum state_id id = m->states[k].id;

			CU_ASSERT_EQUAL(machine_osip_state(m, id) != NULL,
			    machine_transacts(m) && id != STATE_ACCEPTED);
		}
	m = machine_find(STR("NICT"));
	CU_ASSERT_STRING_EQUAL(
	    machine_osip_state(m, STATE_NONE), "NICT_PRE_TRYING");
}

/* What a record names: a code, or a method, instead of the table's range. */
static void
records(void)
{
	const struct machine *m = machine_find(STR("NICT"));

	CU_ASSERT_STRING_EQUAL(
	    machine_osip_event(m, STATE_TRYING, STR("200")), "RCV_STATUS_2XX");
	CU_ASSERT_STRING_EQUAL(machine_osip_event(m, STATE_TRYING, STR("401")),
	    "RCV_STATUS_3456XX");
	CU_ASSERT_STRING_EQUAL(
	    machine_osip_event(m, STATE_TRYING, STR("2xx")), "RCV_STATUS_2XX");
	m = machine_find(STR("NIST"));
	CU_ASSERT_STRING_EQUAL(
	    machine_osip_event(m, STATE_NONE, STR("OPTIONS")), "RCV_REQUEST");
	CU_ASSERT(machine_osip_event(m, STATE_NONE, STR("nothing")) == NULL);
	CU_ASSERT(machine_osip_event(NULL, STATE_NONE, STR("1xx")) == NULL);
}

static void
words(void)
{
	CU_ASSERT_EQUAL(machine_vocabulary_chosen(), MACHINE_WORDS_RFC);
	CU_ASSERT_NOT_EQUAL(machine_vocabulary_choose(STR("exosip")), 0);
	CU_ASSERT_EQUAL(machine_vocabulary_chosen(), MACHINE_WORDS_RFC);
	CU_ASSERT_EQUAL(machine_vocabulary_choose(STR("osip")), 0);
	CU_ASSERT_EQUAL(machine_vocabulary_chosen(), MACHINE_WORDS_OSIP);
	CU_ASSERT_EQUAL(machine_vocabulary_choose(STR("rfc")), 0);
}

CHECK_MAIN("machine_osip", { "numbers", numbers }, { "steps", steps },
    { "states", states }, { "records", records }, { "words", words })
