/*
 * Which transport a request takes (RFC 3261 18.1.1), and what becomes of
 * transactions whose connection fails (18.4).
 */
#include "firmware/phone/sip.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

/* ---- which ---- */

/* 18.2.1: the topmost Via says by what it came. */
static void
name_transport(osip_message_t *request, bool tcp)
{
	osip_via_t *via = osip_list_get(&request->vias, 0);
	const char *name = tcp ? "TCP" : "UDP";

	if (via == NULL || text_equal(via->protocol, name))
		return;
	osip_free(via->protocol);
	via->protocol = osip_strdup(name);
	osip_message_force_update(request);
}

/* Printed, as libosip2 keeps it for sip_send. */
static size_t
size_of(const struct sip *sip, osip_message_t *m)
{
	char *text = NULL, *compact;
	size_t n = 0;

	if (osip_message_to_str(m, &text, &n) != 0)
		return 0;
	if (sip->config->compact && n > SIP_UDP_SIZE) {
		compact = heap_get(n);
		n = sip_compact(text, n, compact);
		heap_put(compact);
	}
	osip_free(text);
	return n;
}

bool
sip_fit(const struct sip *sip, osip_message_t *request, struct where *to)
{
	/* A CANCEL goes as its INVITE does (9.1), and is small. */
	size_t n = to->tcp ? 0 : size_of(sip, request);
	bool large = n > SIP_UDP_SIZE;

	if (large) {
		report_size(request, n, to->ip, to->port);
		to->tcp = true;
	}
	name_transport(request, to->tcp);
	return large;
}

/* ---- failures ---- */

/* The machine was made for TCP: what UDP has beside starts now (17.1.1.2,
 * 17.1.2.2). */
static void
start_repeating(struct tx *tx)
{
	uint64_t due = hal_now_us() + SIP_T1_US;
	struct timeval start = { .tv_sec = (time_t)(due / S_US),
		.tv_usec = (suseconds_t)(due % S_US) };

	if (tx->type == ICT) {
		tx->osip->ict_context->timer_a_length = SIP_T1_MS;
		tx->osip->ict_context->timer_a_start = start;
		tx->osip->ict_context->timer_d_length = SIP_64T1_MS;
	} else {
		tx->osip->nict_context->timer_e_length = SIP_T1_MS;
		tx->osip->nict_context->timer_e_start = start;
		tx->osip->nict_context->timer_k_length = SIP_T4_MS;
	}
	tx_timers_sync(tx);
}

static void
fall_back(struct tx *tx)
{
	osip_message_t *request = tx->osip->orig_request;

	report_log("nobody takes it by TCP", request->sip_method);
	tx->large = false;
	tx->peer.tcp = false;
	name_transport(request, false);
	start_repeating(tx);
	sip_send(tx->sip, request, &tx->peer);
}

/* A request to AT that nothing has answered yet. */
static bool
waits_for(const struct tx *tx, const struct where *at)
{
	return tx->peer.tcp && tx->peer.ip == at->ip &&
	       tx->peer.port == at->port && tx->osip != NULL &&
	       (tx->osip->state == ICT_CALLING ||
		   tx->osip->state == NICT_TRYING);
}

static struct tx *
find_failing(const struct sip *sip)
{
	struct tx *tx = sip->first;

	while (tx != NULL && !tx->failing)
		tx = tx->next;
	return tx;
}

void
tx_stream_failed(struct sip *sip, const struct where *at, bool made)
{
	struct tx *tx;

	/* A callback may end other transactions, and begin new ones. */
	for (tx = sip->first; tx != NULL; tx = tx->next)
		tx->failing = waits_for(tx, at);
	while ((tx = find_failing(sip)) != NULL) {
		tx->failing = false;
		if (tx->large && !made)
			fall_back(tx);
		else
			tx_step(tx, "transport error",
			    tx->type == ICT ? TIMEOUT_B : TIMEOUT_F, NULL);
	}
}
