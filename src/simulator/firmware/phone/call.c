/* A call's beginning and end, and its user's commands. */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

const char *
call_state_name(enum call_state state)
{
	static const char *const names[] = {
		[CALL_IDLE] = "terminated",
		[CALL_CALLING] = "calling",
		[CALL_PROCEEDING] = "proceeding",
		[CALL_EARLY] = "early",
		[CALL_MORATORIUM] = "moratorium",
		[CALL_CONFIRMED] = "confirmed",
		[CALL_TERMINATING] = "terminating",
	};

	return names[state];
}

bool
call_rings(const struct call *call)
{
	return !call->outgoing &&
	       (call->state == CALL_EARLY || call->state == CALL_PROCEEDING);
}

bool
call_lives(const struct call *call)
{
	return call->state != CALL_IDLE && call->state != CALL_TERMINATING &&
	       !call->hang_up;
}

struct call *
call_other(struct phone *phone, const struct call *but)
{
	for (unsigned i = 0; i < PHONE_CALLS; i++)
		if (&phone->calls[i] != but && call_lives(&phone->calls[i]))
			return &phone->calls[i];
	return NULL;
}

const char *
call_name(const struct call *call, char *out, size_t cap)
{
	const char *name = book_name(&call->phone->config, call->peer);

	if (name == NULL && call->name[0] != '\0')
		name = call->name;
	if (name != NULL)
		text_copy(out, cap, name);
	else
		book_short(call->peer, out, cap);
	return out;
}

/* ---- beginning ---- */

struct call *
call_create(struct phone *phone, const char *peer)
{
	struct call *call = phone->calls;
	char tag[20];
	struct text t = TEXT_IN(tag);

	while (call < phone->calls + PHONE_CALLS && call->state != CALL_IDLE)
		call++;
	if (call == phone->calls + PHONE_CALLS)
		return NULL;
	memset(call, 0, sizeof(*call));
	call->phone = phone;
	call->id = ++phone->ncalls;
	text_copy(call->peer, sizeof(call->peer), peer);
	rng_word(&phone->rng, &t);
	call->tag = heap_copy(tag);
	call->own.id = (uint32_t)(rng_next(&phone->rng) >> 33);
	call->own.version = call->own.id;
	call->own.port = media_port(call->id);
	call->media.codec = call->media.payload = call->media.events = -1;
	return call;
}

void
call_enter(struct call *call, enum call_state state)
{
	if (call->state == state)
		return;
	call->state = state;
	if (state == CALL_CONFIRMED) {
		call->since_us = hal_now_us();
		referral_outcome(call, 200);
	}
	report_call(
	    call->id, call_state_name(state), call->peer, call->call_id);
	screens_changed(call->phone);
}

/* ---- end ---- */

static void
free_call(struct call *call)
{
	sip_forget(&call->phone->sip, call);
	call->invite = call->reinvite = call->bye = NULL;
	sdp_forget(&call->own);
	osip_dialog_free(call->dialog);
	osip_message_free(call->ack);
	osip_message_free(call->ok);
	osip_message_free(call->progress);
	call_branches_free(call);
	heap_put(call->target);
	heap_put(call->replaces);
	heap_put(call->by);
	heap_put(call->from);
	heap_put(call->to);
	heap_put(call->call_id);
	heap_put(call->tag);
	call->replaces = call->by = NULL;
	call->target = call->from = call->to = call->call_id = call->tag = NULL;
}

void
call_over(struct call *call, enum text_id why)
{
	struct phone *phone = call->phone;
	struct timers *ts = &phone->timers;
	bool seen = call_lives(call);
	char name[CONFIG_NAME];

	timer_stop(ts, &call->repeat);
	timer_stop(ts, &call->give_up);
	timer_stop(ts, &call->answer);
	timer_stop(ts, &call->retry);
	timer_stop(ts, &call->transfer.timer);
	timer_stop(ts, &call->progress_repeat);
	timer_stop(ts, &call->progress_give_up);
	if (call_rings(call) && why != TEXT_NONE)
		history_add(&phone->missed, call->name, call->peer, NULL);
	call->transfer.lives = false;
	call_enter(call, CALL_IDLE);
	referral_outcome(call, 487);
	referral_keep(call);
	call_name(call, name, sizeof(name));
	free_call(call);
	if (phone->active == call)
		phone->active = call_other(phone, call);
	if (phone->active == NULL)
		screens_alone(phone);
	if (seen && why != TEXT_NONE && !call->quiet)
		screens_notice(phone, why, name);
	screens_changed(phone);
}

/* ---- the user's part that fits all calls ---- */

void
call_end(struct call *call)
{
	struct phone *phone = call->phone;

	if (!call_lives(call))
		return;
	if (call_rings(call)) {
		tx_respond(call->invite,
		    sip_build_response(
			&phone->sip, tx_message(call->invite), 486, call->tag));
		call_over(call, TEXT_NONE);
		return;
	}
	if (phone->active == call)
		phone->active = call_other(phone, call);
	if (call->state == CALL_CONFIRMED && call->ok == NULL) {
		call_bye(call);
		return;
	}
	/* 15: the callee says no BYE before the ACK; 9.1: no CANCEL
	 * before a provisional response. */
	call->hang_up = true;
	if (call->outgoing && call->invite != NULL)
		call_cancel(call);
	screens_changed(phone);
}
