/*
 * Provisional responses that are acknowledged: RFC 3262.
 *
 * As the caller the phone says that it can, and acknowledges each that is sent
 * so, of every branch of a forked INVITE.  As the callee it sends its 180
 * so where the caller requires it, with an offer where the INVITE had none (5).
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

/* ---- the caller's side ---- */

static void
on_prack(struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct call *call = arg;
	osip_message_t *prack = tx_message(tx);

	if (event != TX_RESPONSE || prack == NULL || call->dialog == NULL)
		return;
	/* Another branch's has to do without. */
	if ((m->status_code == 401 || m->status_code == 407) &&
	    text_equal(call->dialog->remote_tag, sip_tag(prack->to)))
		call_send_again(call, tx, m, on_prack);
}

/* The branch whose To has TAG; a free one where none has, NULL: there is no
 * room. */
static struct call_branch *
find_branch(struct call *call, const char *tag)
{
	struct call_branch *free = NULL;

	for (unsigned i = CALL_BRANCHES; i-- > 0;) {
		if (call->branches[i].tag == NULL)
			free = &call->branches[i];
		else if (strcmp(call->branches[i].tag, tag) == 0)
			return &call->branches[i];
	}
	return free;
}

void
call_branches_free(struct call *call)
{
	for (unsigned i = 0; i < CALL_BRANCHES; i++)
		heap_put(call->branches[i].tag);
	memset(call->branches, 0, sizeof(call->branches));
}

int
call_branch_cseq(struct call *call, const char *tag)
{
	const struct call_branch *b =
	    tag != NULL ? find_branch(call, tag) : NULL;

	return b != NULL ? b->cseq : 0;
}

/* 4: within the dialog of M, which is of the branch B. */
static void
send_prack(struct call *call, struct call_branch *b, osip_message_t *m)
{
	osip_dialog_t *kept = call->dialog;
	bool own = kept != NULL && text_equal(kept->remote_tag, b->tag);
	osip_message_t *prack;
	char rack[64];
	struct text t = TEXT_IN(rack);

	if (!own) {
		call->dialog = NULL;
		call_make_dialog(call, m);
	}
	text_u(&t, b->rseq);
	text_c(&t, ' ');
	text_s(&t, m->cseq->number);
	text_s(&t, " INVITE");
	prack = call_within(call, "PRACK", NULL, NULL);
	if (prack != NULL) {
		sip_add(prack, "RAck", rack);
		b->cseq = call->dialog->local_cseq;
		call_send(call, prack, on_prack);
	}
	if (own || kept == NULL)
		return; /* what was made for it becomes the call's */
	osip_dialog_free(call->dialog);
	call->dialog = kept;
}

bool
call_take_reliable(struct call *call, osip_message_t *m)
{
	const char *value = sip_header(m, "rseq"), *tag = sip_tag(m->to);
	struct call_branch *b;
	uint32_t rseq;

	if (value == NULL || tag == NULL || !sip_requires(m, "100rel"))
		return true;
	if (!text_read_u32(value, &rseq) || rseq == 0)
		return false;
	b = find_branch(call, tag);
	/* Copies, and what overtook another, are of no use (4). */
	if (b == NULL || (b->tag != NULL && rseq != b->rseq + 1))
		return false;
	if (b->tag == NULL)
		b->tag = heap_copy(tag);
	b->rseq = rseq;
	send_prack(call, b, m);
	return true;
}

/* ---- the callee ---- */

static void
stop_repeating(struct call *call)
{
	timer_stop(&call->phone->timers, &call->progress_repeat);
	timer_stop(&call->phone->timers, &call->progress_give_up);
}

static void
on_progress_repeat(void *arg)
{
	struct call *call = arg;

	sip_send(&call->phone->sip, call->progress, &call->invite->peer);
	call->progress_wait_us *= 2;
	timer_in(&call->phone->timers, &call->progress_repeat,
	    call->progress_wait_us, on_progress_repeat, call);
}

/* 3: 64*T1 without a PRACK. */
static void
on_no_prack(void *arg)
{
	struct call *call = arg;

	report_log("no PRACK", call->peer);
	tx_respond(call->invite, sip_build_response(&call->phone->sip,
				     tx_message(call->invite), 504, call->tag));
	call_over(call, TEXT_MISSED_CALL);
}

void
call_make_reliable(struct call *call, osip_message_t *ringing)
{
	struct phone *phone = call->phone;
	osip_message_t *invite = tx_message(call->invite);
	char rseq[16];
	struct text t = TEXT_IN(rseq);

	if (!sip_requires(invite, "100rel"))
		return;
	call->rseq = 1 + rng_below(&phone->rng, 0x7FFFFFFE);
	text_u(&t, call->rseq);
	sip_add(ringing, "Require", "100rel");
	sip_add(ringing, "RSeq", rseq);
	sip_add(ringing, "Allow", SIP_ALLOW);
	if (sip_body(invite) == NULL)
		call_describe(call, invite, ringing, false);
	osip_message_clone(ringing, &call->progress);
	osip_message_force_update(call->progress);
	call->progress_wait_us = SIP_T1_US;
	timer_in(&phone->timers, &call->progress_repeat, SIP_T1_US,
	    on_progress_repeat, call);
	timer_in(&phone->timers, &call->progress_give_up, SIP_64T1_US,
	    on_no_prack, call);
}

bool
call_must_wait(struct call *call)
{
	/* 3: not before the offer in it was answered. */
	call->answer_wanted =
	    call->progress != NULL && sip_body(call->progress) != NULL;
	if (!call->answer_wanted)
		stop_repeating(call);
	return call->answer_wanted;
}

/* "RSEQ CSEQ METHOD" is of the response that waits. */
static bool
is_acknowledged(const struct call *call, const osip_message_t *prack)
{
	const char *rack = sip_header(prack, "rack");
	char want[64];
	struct text t = TEXT_IN(want);

	if (call->progress == NULL || rack == NULL)
		return false;
	text_u(&t, call->rseq);
	text_c(&t, ' ');
	text_s(&t, call->progress->cseq->number);
	text_s(&t, " INVITE");
	return text_same_words(rack, want);
}

/* 5: the answer to our offer; an offer of its own, where one was agreed. */
static int
take_session(struct call *call, osip_message_t *prack, osip_message_t *ok)
{
	if (sip_body(prack) == NULL)
		return call->we_offered && !call->offer_answered ? 400 : 200;
	if (!sip_is_type(prack, "application", "sdp"))
		return 415;
	if (call->we_offered && !call->offer_answered) {
		call_learn_media(call, prack);
		call->offer_answered = true;
		return 200;
	}
	if (call->state < CALL_MORATORIUM)
		return 488;
	call->own.version++;
	return call_describe(call, prack, ok, call->held) ? 200 : 488;
}

void
call_pracked(struct call *call, struct tx *tx)
{
	struct sip *sip = &call->phone->sip;
	osip_message_t *m = tx_message(tx), *ok;
	int status;

	if (!is_acknowledged(call, m)) {
		tx_answer(tx, 481);
		return;
	}
	ok = sip_build_response(sip, m, 200, NULL);
	status = take_session(call, m, ok);
	if (status != 200) {
		osip_message_free(ok);
		if (status == 488)
			call_refuse_offer(call, tx);
		else
			tx_answer(tx, status);
		return;
	}
	stop_repeating(call);
	osip_message_free(call->progress);
	call->progress = NULL;
	tx_respond(tx, ok);
	if (call->answer_wanted)
		call_answer(call);
}
