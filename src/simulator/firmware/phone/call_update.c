/*
 * UPDATE received (RFC 3311 5.2): a new target, and an offer where it has one.
 * The phone sends none.
 */
#include "firmware/phone/phone_in.h"

/* Why an offer can't be taken now, 0: it can. */
static int
object_to_offer(const struct call *call)
{
	bool asked = call->outgoing && !call->media_agreed;

	if (call->state == CALL_TERMINATING)
		return 481;
	/* An offer of ours waits for its answer. */
	if (call->reinvite != NULL || asked ||
	    (call->we_offered && !call->offer_answered))
		return 491;
	/* Theirs in the INVITE waits for ours. */
	if (!call->outgoing && call->state < CALL_MORATORIUM &&
	    !call->we_offered)
		return 500;
	return 0;
}

void
call_updated(struct call *call, struct tx *tx)
{
	osip_message_t *m = tx_message(tx), *response;
	bool offer = sip_body(m) != NULL;
	int status = offer ? object_to_offer(call) : 0;

	if (status == 0 && offer && !sip_is_type(m, "application", "sdp"))
		status = 415;
	if (status == 0 && !sip_takes_sdp(m))
		status = 406;
	response = sip_build_response(
	    &call->phone->sip, m, status != 0 ? status : 200, NULL);
	if (status == 500)
		sip_add(response, "Retry-After", "5");
	if (status == 0 && offer) {
		call->own.version++;
		if (!call_describe(call, m, response, call->held)) {
			osip_message_free(response);
			call_refuse_offer(call, tx);
			return;
		}
	}
	tx_respond(tx, response);
	if (status != 0)
		return;
	/* RFC 3261 12.2.2: the target may have changed. */
	osip_dialog_update_route_set_as_uas(call->dialog, m);
	screens_changed(call->phone);
}
