/*
 * A transaction that is copied from its model is what libosip2 itself would
 * have made at that time: state, kind, times of all timers, for each machine
 * and transport.
 */
#include "fixtures/sip_world.h"

#include "sip/stand_in.h"
#include "sip/transaction_in.h"

#include <stdlib.h> /* libosip2's macros want it */

/* As the library makes one now. */
static osip_transaction_t *
make(struct sip_engine *e, enum sip_machine machine,
    enum addr_transport transport)
{
	osip_message_t *request = sip_stand_in_request(
	    e, STR("INVITE"), str_of(addr_transports[transport].name));
	osip_transaction_t *ot = NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(request);
	CU_ASSERT_FATAL(osip_transaction_init(&ot, sip_machine_type(machine),
			    e->osip, request) == 0);
	osip_remove_transaction(e->osip, ot);
	osip_message_free(request);
	return ot;
}

static void
compare_timers(const char *a, const char *b, enum sip_machine machine)
{
	const struct machine *table = sip_machine_table(machine);

	for (size_t i = 0; i < table->ntimers; i++) {
		const struct sip_timer_place *place =
		    sip_timer_place(&table->timers[i]);

		if (place == NULL)
			continue;
		CU_ASSERT(memcmp(a + place->length, b + place->length,
			      sizeof(int)) == 0);
		CU_ASSERT(memcmp(a + place->start, b + place->start,
			      sizeof(struct timeval)) == 0);
	}
}

static void
compare(struct sip_engine *e, enum sip_machine machine,
    enum addr_transport transport)
{
	osip_transaction_t *theirs = make(e, machine, transport);
	osip_transaction_t *ours = sip_machine_make(e, machine, transport);

	CU_ASSERT_PTR_NOT_NULL_FATAL(ours);
	CU_ASSERT(ours->state == theirs->state);
	CU_ASSERT(ours->ctx_type == theirs->ctx_type);
	CU_ASSERT(ours->config == theirs->config);
	CU_ASSERT(ours->orig_request == NULL && theirs->orig_request == NULL);
	CU_ASSERT(ours->last_response == NULL && ours->ack == NULL);
	CU_ASSERT(ours->created_time.tv_sec == theirs->created_time.tv_sec);
	CU_ASSERT(ours->created_time.tv_usec == theirs->created_time.tv_usec);
	CU_ASSERT(ours->in_socket == theirs->in_socket);
	CU_ASSERT(ours->out_socket == theirs->out_socket);
	for (size_t i = 0; i < SIP_MACHINES; i++)
		CU_ASSERT(
		    (sip_machine_context(ours, i) == NULL) == (i != machine));
	compare_timers(sip_machine_context(ours, machine),
	    sip_machine_context(theirs, machine), machine);
	osip_transaction_free2(ours);
	osip_transaction_free2(theirs);
}

static void
copies_are_as_libosip2_makes_them(void)
{
	static const int64_t times_ms[] = { 0, 1, 999, 1000, 123456789 };
	struct sip_world w;

	sip_world_open(&w);
	for (size_t t = 0; t < sizeof(times_ms) / sizeof(times_ms[0]); t++) {
		sip_world_run(&w, times_ms[t]);
		for (size_t m = 0; m < SIP_MACHINES; m++)
			/* libosip2 knows two kinds, and reads the Via: the
			 * others have the times of a stream all the same. */
			for (size_t to = 0; to <= ADDR_TCP; to++) {
				CU_ASSERT(sip_engine_enter(w.engine) == 0);
				compare(w.engine, (enum sip_machine)m,
				    (enum addr_transport)to);
			}
	}
	sip_world_close(&w);
}

CHECK_MAIN("machine_model",
    { "copies_are_as_libosip2_makes_them", copies_are_as_libosip2_makes_them })
