/*
 * The machine of a user of a home subscriber server: whether he is registered,
 * and with whose help (3GPP TS 23.228 5.2, TS 29.228 6.1.2, 6.3).  What is
 * written down outlasts the server's crash, and is read again when it starts.
 */
#include "machine/tables.h"

/* clang-format off */
static const struct machine_state hss_user_states[] = {
	{ STATE_NOT_REGISTERED, false, N_("No S-CSCF has the user.") },
	{ STATE_AUTHENTICATION_PENDING, false, N_("An S-CSCF has a vector for the user, and has yet to say that the response was right.") },
	{ STATE_REGISTERED, false, N_("The user has proved who he is; an S-CSCF has his profile.") },
	{ STATE_REMOVED, true, N_("The user is no subscriber any more.") },
};

static const struct machine_edge hss_user_edges[] = {
	STEP(NOT_REGISTERED, MAR, AUTHENTICATION_PENDING, HSS_PENDING, N_("MAA with a vector; the S-CSCF that asks is the user's.")),
	STEP(NOT_REGISTERED, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(NOT_REGISTERED, SAR_FAILED, NOT_REGISTERED, HSS_FAILED, N_("SAA; nobody has the user anyway.")),
	STEP(NOT_REGISTERED, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; nobody has the user anyway.")),
	STEP(NOT_REGISTERED, REMOVE, REMOVED, HSS_REMOVE, N_("Nobody has to be told.")),
	STEP(NOT_REGISTERED, READ_PENDING, AUTHENTICATION_PENDING, HSS_DISK, N_("The server starts again, and reads it.")),
	STEP(NOT_REGISTERED, READ_REGISTERED, REGISTERED, HSS_DISK, N_("The server starts again, and reads it.")),
	STEP(AUTHENTICATION_PENDING, MAR, AUTHENTICATION_PENDING, HSS_PENDING, N_("MAA with another vector.")),
	STEP(AUTHENTICATION_PENDING, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(AUTHENTICATION_PENDING, SAR_FAILED, NOT_REGISTERED, HSS_FAILED, N_("SAA; the S-CSCF is forgotten.")),
	STEP(AUTHENTICATION_PENDING, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; the S-CSCF is forgotten.")),
	STEP(AUTHENTICATION_PENDING, DEREGISTER, NOT_REGISTERED, HSS_DEREGISTER, N_("RTR to the S-CSCF.")),
	STEP(AUTHENTICATION_PENDING, REMOVE, REMOVED, HSS_REMOVE, N_("RTR to the S-CSCF.")),
	STEP(REGISTERED, MAR, REGISTERED, HSS_PENDING, N_("MAA with a vector: the user is registered meanwhile.")),
	STEP(REGISTERED, SAR, REGISTERED, HSS_ASSIGN, N_("SAA with the profile.")),
	STEP(REGISTERED, SAR_FAILED, REGISTERED, HSS_FAILED, N_("SAA; who was registered before is so still.")),
	STEP(REGISTERED, SAR_END, NOT_REGISTERED, HSS_END, N_("SAA; the S-CSCF is forgotten.")),
	STEP(REGISTERED, SAR_UNREGISTERED, NOT_REGISTERED, HSS_UNREGISTERED, N_("SAA; that S-CSCF has begun anew, and knows no registration of the user.")),
	STEP(REGISTERED, DEREGISTER, NOT_REGISTERED, HSS_DEREGISTER, N_("RTR to the S-CSCF.")),
	STEP(REGISTERED, REMOVE, REMOVED, HSS_REMOVE, N_("RTR to the S-CSCF.")),
};

const struct machine machine_hss_user = {
	.name = "hss-user", .title = N_("user of an HSS"),
	.heading = N_("Users"),
	.rfc = 6733, .section = "6.2", .start = STATE_NOT_REGISTERED,
	MACHINE_STATES(hss_user),
};
/* clang-format on */
