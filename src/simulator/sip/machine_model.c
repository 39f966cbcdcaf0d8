/*
 * libosip2's transactions before their first step.  osip_transaction_init
 * clears 15 KB, room for DNS records that nobody uses, and copies five header
 * fields for a search that is not its own here (stack.c has the tables).  So it
 * makes one transaction for each machine and transport, at time zero, and the
 * others are copies of that: all but those fields and the DNS records, with the
 * times that stand in it counted from now.
 */
#include "sip/transaction_in.h"

#include "sip/stand_in.h"

#include "base/err.h"
#include "base/i18n.h"

#include <stddef.h>
#include <stdlib.h> /* libosip2's macros want it */
#include <string.h>

/* The machine's own part of a transaction. */
static const struct {
	size_t place, size; /* where its pointer is, and of the part itself */
} contexts[SIP_MACHINES] = {
	[SIP_ICT] = { offsetof(osip_transaction_t, ict_context),
	    sizeof(osip_ict_t) },
	[SIP_NICT] = { offsetof(osip_transaction_t, nict_context),
	    sizeof(osip_nict_t) },
	[SIP_IST] = { offsetof(osip_transaction_t, ist_context),
	    sizeof(osip_ist_t) },
	[SIP_NIST] = { offsetof(osip_transaction_t, nist_context),
	    sizeof(osip_nist_t) },
};

void *
sip_machine_context(const osip_transaction_t *ot, enum sip_machine machine)
{
	void *context;

	memcpy(&context, (const char *)ot + contexts[machine].place,
	    sizeof(context));
	return context;
}

static void
set_context(osip_transaction_t *ot, enum sip_machine machine, void *context)
{
	memcpy((char *)ot + contexts[machine].place, &context, sizeof(context));
}

/* What a copy must not share with its model: where the request goes, which is
 * the stack's business. */
static void
forget_destination(osip_transaction_t *ot)
{
	if (ot->ict_context != NULL)
		osip_ict_set_destination(ot->ict_context, NULL, 0);
	if (ot->nict_context != NULL)
		osip_nict_set_destination(ot->nict_context, NULL, 0);
}

/* A libosip2 linked so that it asks its own osip_gettimeofday counts from when
 * the machine was started; its Timer E would, too. */
static bool
asks_our_clock(struct sip_engine *e, const osip_transaction_t *made_at_zero)
{
	if (made_at_zero->created_time.tv_sec == 0 &&
	    made_at_zero->created_time.tv_usec == 0)
		return true;
	sim_fail(e->sim, ERR_UNSUPPORTED, "%s",
	    _("the libosip2 here keeps to a clock of its own, so that no timer "
	      "would be right: rung runs here from the archive that make "
	      "bundle writes"));
	return false;
}

/*
 * As libosip2 makes it, at time zero; NULL when memory is out, or the library
 * is none for a simulation.  Of the streams the library knows some by their
 * name: to it all are TCP, since none has a Timer A, E or G, and what waits for
 * copies is over at once (17.1.1.2, 17.1.2.2, 17.2.1, 17.2.2).
 */
static osip_transaction_t *
make_model(struct sip_engine *e, enum sip_machine machine, bool stream)
{
	enum addr_transport by = stream ? ADDR_TCP : ADDR_UDP;
	/* The method is the same to it; only an INVITE's is whole. */
	osip_message_t *request = sip_stand_in_request(
	    e, STR("INVITE"), str_of(addr_transports[by].name));
	osip_transaction_t *ot = NULL;

	if (request == NULL)
		return NULL;
	sip_engine_set_clock(0);
	if (osip_transaction_init(
		&ot, sip_machine_type(machine), e->osip, request) == 0) {
		osip_remove_transaction(e->osip, ot);
		forget_destination(ot);
		if (!asks_our_clock(e, ot)) {
			osip_transaction_free2(ot);
			ot = NULL;
		}
	}
	sip_engine_set_clock(sim_now(e->sim));
	osip_message_free(request);
	return ot;
}

/* Counts the times in CONTEXT, which are since zero, from now. */
static void
start_now(char *context, enum sip_machine machine)
{
	const struct machine *table = sip_machine_table(machine);
	struct timeval now, start;

	osip_gettimeofday(&now, NULL);
	for (size_t i = 0; i < table->ntimers; i++) {
		const struct sip_timer_place *place =
		    sip_timer_place(&table->timers[i]);

		if (place == NULL)
			continue;
		memcpy(&start, context + place->start, sizeof(start));
		if (start.tv_sec < 0)
			continue;
		timeradd(&start, &now, &start);
		memcpy(context + place->start, &start, sizeof(start));
	}
}

/* All of MODEL but what others own and the DNS records, which nobody reads. */
static void
copy_model(osip_transaction_t *ot, const osip_transaction_t *model)
{
	size_t tail = offsetof(osip_transaction_t, naptr_record);

	memcpy(ot, model, offsetof(osip_transaction_t, record));
	memcpy(
	    (char *)ot + tail, (const char *)model + tail, sizeof(*ot) - tail);
	ot->transactionff = NULL;
	ot->topvia = NULL;
	ot->from = NULL;
	ot->to = NULL;
	ot->callid = NULL;
	ot->cseq = NULL;
}

osip_transaction_t *
sip_machine_make(struct sip_engine *e, enum sip_machine machine,
    enum addr_transport transport)
{
	bool stream = addr_transports[transport].stream;
	osip_transaction_t **model = &e->models[machine][stream];
	osip_transaction_t *ot;
	void *context;

	if (*model == NULL)
		*model = make_model(e, machine, stream);
	if (*model == NULL)
		return NULL;
	ot = osip_malloc(sizeof(*ot));
	context = osip_malloc(contexts[machine].size);
	if (ot == NULL || context == NULL) {
		osip_free(ot);
		osip_free(context);
		return NULL;
	}
	copy_model(ot, *model);
	/* Timer E counts from it. */
	osip_gettimeofday(&ot->created_time, NULL);
	memcpy(context, sip_machine_context(*model, machine),
	    contexts[machine].size);
	start_now(context, machine);
	set_context(ot, machine, context);
	return ot;
}

void
sip_machine_models_free(struct sip_engine *e)
{
	for (size_t i = 0; i < SIP_MACHINES; i++)
		for (size_t j = 0; j < 2; j++)
			if (e->models[i][j] != NULL)
				osip_transaction_free2(e->models[i][j]);
}
