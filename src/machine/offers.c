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
	{ "offered", false, N_("This side's first offer is out, and has no answer yet.") },
	{ "answering", false, N_("The other side's first offer is here, and has no answer yet.") },
	{ "agreed", false, N_("The last offer has its answer: media flow as both say.") },
	{ "reoffered", false, N_("This side has offered to change what was agreed; till the answer comes that stays in force.") },
	{ "reanswering", false, N_("The other side has offered to change what was agreed, and waits for the answer.") },
	{ "over", true, N_("Nothing is agreed, or no longer: the offer was refused, or the dialog is over.") },
};

static const struct machine_edge offers_edges[] = {
	STEP("none", N_("INVITE sent"), "offered", OFFER_MAKE, N_("The INVITE has this side's offer.")),
	STEP("none", "INVITE", "answering", OFFER_MAKE, N_("The INVITE has the other side's offer.")),
	STEP("none", N_("fork"), "offered", OFFER_FORK, N_("One more dialog of a forked INVITE: the same offer stands in it, and gets an answer of its own.")),
	STEP("none", "2xx", "answering", OFFER_MAKE, N_("The INVITE had no offer: the 2xx has the other side's.")),
	STEP("none", N_("2xx sent"), "offered", OFFER_MAKE, N_("The INVITE had no offer: the 2xx has this side's.")),
	STEP("none", "1xx", "answering", OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response has the other side's.")),
	STEP("none", N_("1xx sent"), "offered", OFFER_RELIABLE, N_("The INVITE had no offer: a reliable provisional response has this side's.")),
	STEP("offered", "2xx", "agreed", OFFER_ANSWER, N_("The 2xx has the answer.")),
	STEP("offered", "ACK", "agreed", OFFER_ANSWER, N_("The ACK has the answer to what the 2xx offered.")),
	STEP("offered", "1xx", "agreed", OFFER_RELIABLE, N_("A reliable provisional response has the answer.")),
	STEP("offered", "PRACK", "agreed", OFFER_RELIABLE, N_("The PRACK has the answer to what the provisional response offered.")),
	STEP("offered", N_("preview"), "offered", INVITE_PREVIEW, N_("A provisional response tells what the answer will be; it is not certain to arrive, so the 2xx repeats it.")),
	STEP("offered", "300-699", "over", OFFER_REFUSED, N_("The INVITE is refused, and its offer with it.")),
	STEP("offered", N_("300-699 sent"), "over", OFFER_REFUSED, N_("This side refuses the INVITE after all, and takes its own offer back by that.")),
	STEP("offered", N_("timeout"), "over", INVITE_NO_ACK, N_("The answer never came.")),
	STEP("offered", N_("no answer"), "over", OFFER_MISSING, N_("The message that should have the answer has none.")),
	STEP("offered", N_("end"), "over", DIALOG_END, N_("The dialog ends before the answer came.")),
	STEP("answering", N_("2xx sent"), "agreed", OFFER_ANSWER, N_("The 2xx has this side's answer.")),
	STEP("answering", N_("ACK sent"), "agreed", OFFER_ANSWER, N_("The ACK has this side's answer to what the 2xx offered.")),
	STEP("answering", N_("1xx sent"), "agreed", OFFER_RELIABLE, N_("A reliable provisional response has this side's answer.")),
	STEP("answering", N_("PRACK sent"), "agreed", OFFER_RELIABLE, N_("The PRACK has this side's answer to what the provisional response offered.")),
	STEP("answering", N_("preview sent"), "answering", INVITE_EARLY_MEDIA, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP("answering", N_("300-699 sent"), "over", OFFER_REFUSED, N_("This side refuses the INVITE, and its offer with it.")),
	STEP("answering", "300-699", "over", OFFER_REFUSED, N_("The other side refuses the INVITE after all, and takes its own offer back by that.")),
	STEP("answering", N_("no answer"), "over", OFFER_MISSING, N_("The message that should have this side's answer has none.")),
	STEP("answering", N_("end"), "over", DIALOG_END, N_("The dialog ends before the offer was answered.")),
	STEP("agreed", N_("INVITE sent"), "reoffered", OFFER_AGAIN, N_("A re-INVITE offers another session.")),
	STEP("agreed", "INVITE", "reanswering", OFFER_AGAIN, N_("The other side's re-INVITE offers another session.")),
	STEP("agreed", "2xx", "reanswering", OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it has the other side's.")),
	STEP("agreed", N_("2xx sent"), "reoffered", OFFER_AGAIN, N_("The re-INVITE had no offer: the 2xx to it has this side's.")),
	STEP("agreed", "1xx", "reanswering", OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response has the other side's.")),
	STEP("agreed", N_("1xx sent"), "reoffered", OFFER_RELIABLE, N_("The re-INVITE had no offer: a reliable provisional response has this side's.")),
	STEP("agreed", "PRACK", "reanswering", OFFER_RELIABLE, N_("The PRACK of an answer brings another offer.")),
	STEP("agreed", N_("PRACK sent"), "reoffered", OFFER_RELIABLE, N_("The PRACK of an answer has another offer of this side's.")),
	STEP("agreed", "UPDATE", "reanswering", UPDATE_RECV, N_("The other side's UPDATE offers another session.")),
	STEP("agreed", N_("UPDATE sent"), "reoffered", UPDATE_SEND, N_("An UPDATE offers another session.")),
	STEP("agreed", N_("end"), "over", DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
	STEP("reoffered", "2xx", "agreed", OFFER_ANSWER, N_("The 2xx has the answer: the session is changed.")),
	STEP("reoffered", "ACK", "agreed", OFFER_ANSWER, N_("The ACK has the answer to what the 2xx offered: the session is changed.")),
	STEP("reoffered", "1xx", "agreed", OFFER_RELIABLE, N_("A reliable provisional response has the answer: the session is changed.")),
	STEP("reoffered", "PRACK", "agreed", OFFER_RELIABLE, N_("The PRACK has the answer: the session is changed.")),
	STEP("reoffered", "300-699", "agreed", REINVITE_REFUSED, N_("The change is refused: what was agreed stays.")),
	STEP("reoffered", N_("300-699 sent"), "agreed", REINVITE_REJECT, N_("This side refuses the re-INVITE after all: what was agreed stays.")),
	STEP("reoffered", N_("timeout"), "agreed", OFFER_REFUSED, N_("The answer never came: what was agreed stays, if the dialog does.")),
	STEP("reoffered", N_("no answer"), "agreed", OFFER_MISSING, N_("The message that should have the answer has none: what was agreed stays.")),
	STEP("reoffered", N_("preview"), "reoffered", INVITE_PREVIEW, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP("reoffered", N_("end"), "over", DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
	STEP("reanswering", N_("2xx sent"), "agreed", OFFER_ANSWER, N_("The 2xx has this side's answer: the session is changed.")),
	STEP("reanswering", N_("ACK sent"), "agreed", OFFER_ANSWER, N_("The ACK has this side's answer: the session is changed.")),
	STEP("reanswering", N_("1xx sent"), "agreed", OFFER_RELIABLE, N_("A reliable provisional response has this side's answer: the session is changed.")),
	STEP("reanswering", N_("PRACK sent"), "agreed", OFFER_RELIABLE, N_("The PRACK has this side's answer: the session is changed.")),
	STEP("reanswering", N_("300-699 sent"), "agreed", REINVITE_REJECT, N_("This side refuses the change: what was agreed stays.")),
	STEP("reanswering", "300-699", "agreed", REINVITE_REFUSED, N_("The other side refuses the re-INVITE after all: what was agreed stays.")),
	STEP("reanswering", N_("no answer"), "agreed", OFFER_MISSING, N_("The message that should have this side's answer has none: what was agreed stays.")),
	STEP("reanswering", N_("preview sent"), "reanswering", INVITE_EARLY_MEDIA, N_("A provisional response tells what the answer will be; the 2xx repeats it.")),
	STEP("reanswering", N_("end"), "over", DIALOG_END, N_("The dialog ends, and what was agreed with it.")),
};

const struct machine machine_offers = {
	.name = "offer-answer", .title = N_("offer/answer"),
	.heading = N_("Offers and answers"),
	.rfc = 6337, .section = "2.2", .start = "none",
	MACHINE_STATES(offers),
};
/* clang-format on */
