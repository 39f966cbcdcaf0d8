/*
 * Offer and answer as one side of a dialog sees them: RFC 3264 4, 8, by the
 * messages of RFC 6337 table 1.  Each dialog has its own, also the early ones
 * of a fork (6337 2.2).  An exchange that comes to nothing leaves what was
 * agreed before; the first one leaves nothing.
 *
 * "2xx" is received, "2xx sent" is sent; "1xx" is one that comes reliably (RFC
 * 3262), "preview" a description in one that does not.
 */
#include "machine/tables.h"

/* clang-format off */
static const struct machine_state offers_states[] = {
	{ STATE_OFFERED, false, N_("This side's first offer is out, and has no answer yet.") },
	{ STATE_ANSWERING, false, N_("The other side's first offer is here, and has no answer yet.") },
	{ STATE_AGREED, false, N_("The last offer has its answer: media flow as both say.") },
	{ STATE_REOFFERED, false, N_("This side has offered to change what was agreed; till the answer comes that stays in force.") },
	{ STATE_REANSWERING, false, N_("The other side has offered to change what was agreed, and waits for the answer.") },
	{ STATE_OVER, true, N_("Nothing is agreed, or no longer: the offer was refused, or the dialog is over.") },
};

static const struct machine_edge offers_edges[] = {
	STEP(NONE, INVITE_SENT, OFFERED, OFFER_MAKE, N_("The INVITE has this side's offer.")),
	STEP(NONE, INVITE, ANSWERING, OFFER_MAKE, N_("The INVITE has the other side's offer.")),
	STEP(NONE, FORK, OFFERED, OFFER_FORK, N_("One more dialog of a forked INVITE: the same offer stands in it, and gets an answer of its own.")),
	STEP(NONE, 2XX, ANSWERING, OFFER_MAKE, N_("The INVITE had no offer: the 2xx has the other side's.")),
	STEP(NONE, 2XX_SENT, OFFERED, OFFER_MAKE, N_("The INVITE had no offer: the 2xx has this side's.")),
	STEP(NONE, 1XX, ANSWERING, OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response has the other side's.")),
	STEP(NONE, 1XX_SENT, OFFERED, OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response has this side's.")),
	STEP(OFFERED, 2XX, AGREED, OFFER_ANSWER, N_("The 2xx has the answer.")),
	STEP(OFFERED, ACK, AGREED, OFFER_ANSWER, N_("The ACK has the answer to what the 2xx offered.")),
	STEP(OFFERED, 1XX, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has the answer.")),
	STEP(OFFERED, PRACK, AGREED, OFFER_RELIABLE, N_("The PRACK has the answer to what the provisional response offered.")),
	STEP(OFFERED, PREVIEW, OFFERED, INVITE_PREVIEW, N_("A provisional response tells what the answer will be; it is not certain to arrive, so the 2xx repeats it.")),
	STEP(OFFERED, 300_699, OVER, OFFER_REFUSED, N_("The INVITE is refused, and its offer with it.")),
	STEP(OFFERED, 300_699_SENT, OVER, OFFER_REFUSED, N_("This side refuses the INVITE after all, and takes its own offer back by that.")),
	STEP(OFFERED, TIMEOUT, OVER, INVITE_NO_ACK, N_("The answer never came.")),
	STEP(OFFERED, NO_ANSWER, OVER, OFFER_MISSING, N_("The message that should have the answer has none.")),
	STEP(OFFERED, END, OVER, DIALOG_END, N_("The dialog ends before the answer came.")),
	STEP(ANSWERING, 2XX_SENT, AGREED, OFFER_ANSWER, N_("The 2xx has this side's answer.")),
	STEP(ANSWERING, ACK_SENT, AGREED, OFFER_ANSWER, N_("The ACK has this side's answer to what the 2xx offered.")),
	STEP(ANSWERING, 1XX_SENT, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has this side's answer.")),
	STEP(ANSWERING, PRACK_SENT, AGREED, OFFER_RELIABLE, N_("The PRACK has this side's answer to what the provisional response offered.")),
	STEP(ANSWERING, PREVIEW_SENT, ANSWERING, INVITE_EARLY_MEDIA, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP(ANSWERING, 300_699_SENT, OVER, OFFER_REFUSED, N_("This side refuses the INVITE, and its offer with it.")),
	STEP(ANSWERING, 300_699, OVER, OFFER_REFUSED, N_("The other side refuses the INVITE after all, and takes its own offer back by that.")),
	STEP(ANSWERING, NO_ANSWER, OVER, OFFER_MISSING, N_("The message that should have this side's answer has none.")),
	STEP(ANSWERING, END, OVER, DIALOG_END, N_("The dialog ends before the offer was answered.")),
	STEP(AGREED, INVITE_SENT, REOFFERED, OFFER_AGAIN, N_("A re-INVITE offers another session.")),
	STEP(AGREED, INVITE, REANSWERING, OFFER_AGAIN, N_("The other side's re-INVITE offers another session.")),
	STEP(AGREED, 2XX, REANSWERING, OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it has the other side's.")),
	STEP(AGREED, 2XX_SENT, REOFFERED, OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it has this side's.")),
	STEP(AGREED, 1XX, REANSWERING, OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response has the other side's.")),
	STEP(AGREED, 1XX_SENT, REOFFERED, OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response has this side's.")),
	STEP(AGREED, PRACK, REANSWERING, OFFER_RELIABLE, N_("The PRACK of an answer brings another offer.")),
	STEP(AGREED, PRACK_SENT, REOFFERED, OFFER_RELIABLE, N_("The PRACK of an answer has another offer of this side's.")),
	STEP(AGREED, UPDATE, REANSWERING, UPDATE_RECV, N_("The other side's UPDATE offers another session.")),
	STEP(AGREED, UPDATE_SENT, REOFFERED, UPDATE_SEND, N_("An UPDATE offers another session.")),
	STEP(AGREED, END, OVER, DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
	STEP(REOFFERED, 2XX, AGREED, OFFER_ANSWER, N_("The 2xx has the answer: the session is changed.")),
	STEP(REOFFERED, ACK, AGREED, OFFER_ANSWER, N_("The ACK has the answer to what the 2xx offered: the session is changed.")),
	STEP(REOFFERED, 1XX, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has the answer: the session is changed.")),
	STEP(REOFFERED, PRACK, AGREED, OFFER_RELIABLE, N_("The PRACK has the answer: the session is changed.")),
	STEP(REOFFERED, 300_699, AGREED, REINVITE_REFUSED, N_("The change is refused: what was agreed stays.")),
	STEP(REOFFERED, 300_699_SENT, AGREED, REINVITE_REJECT, N_("This side refuses the re-INVITE after all: what was agreed stays.")),
	STEP(REOFFERED, TIMEOUT, AGREED, REINVITE_LOST, N_("The answer never came: what was agreed stays, if the dialog does.")),
	STEP(REOFFERED, NO_ANSWER, AGREED, OFFER_MISSING, N_("The message that should have the answer has none: what was agreed stays.")),
	STEP(REOFFERED, PREVIEW, REOFFERED, INVITE_PREVIEW, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP(REOFFERED, END, OVER, DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
	STEP(REANSWERING, 2XX_SENT, AGREED, OFFER_ANSWER, N_("The 2xx has this side's answer: the session is changed.")),
	STEP(REANSWERING, ACK_SENT, AGREED, OFFER_ANSWER, N_("The ACK has this side's answer: the session is changed.")),
	STEP(REANSWERING, 1XX_SENT, AGREED, OFFER_RELIABLE, N_("A reliable provisional response has this side's answer: the session is changed.")),
	STEP(REANSWERING, PRACK_SENT, AGREED, OFFER_RELIABLE, N_("The PRACK has this side's answer: the session is changed.")),
	STEP(REANSWERING, 300_699_SENT, AGREED, REINVITE_REJECT, N_("This side refuses the change: what was agreed stays.")),
	STEP(REANSWERING, 300_699, AGREED, REINVITE_REFUSED, N_("The other side refuses the re-INVITE after all: what was agreed stays.")),
	STEP(REANSWERING, NO_ANSWER, AGREED, OFFER_MISSING, N_("The message that should have this side's answer has none: what was agreed stays.")),
	STEP(REANSWERING, PREVIEW_SENT, REANSWERING, INVITE_EARLY_MEDIA, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP(REANSWERING, END, OVER, DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
};

const struct machine machine_offers = {
	.name = "offer-answer", .title = N_("offer/answer"),
	.heading = N_("Offers and answers"),
	.again = true,
	.rfc = 6337, .section = "2.2", .start = STATE_NONE,
	MACHINE_STATES(offers),
};
/* clang-format on */
