/*
 * What Diameter of the Cx interface consists of, a row each: commands and what
 * each must have (TS 29.228, TS 29.229 6.1), AVPs (TS 29.229 6.3, RFC 6733),
 * results (TS 29.229 6.2, RFC 6733 7.1), values with a name.  docs/DIAMETER.md
 * says where the facts come from.  What has its row here is read, judged,
 * written and told.
 */
#ifndef DIAMETER_TABLES_H
#define DIAMETER_TABLES_H

#include "base/i18n.h"

#define DIAMETER_CX   16777216u /* the application */
#define DIAMETER_3GPP 10415u    /* the vendor */

/* clang-format off */

/* X(NAME, code, begin of the short name, long name, words) */
#define DIAMETER_COMMANDS(X) \
X(UA, 300, "UA", "User-Authorization", N_("may this user register, and which S-CSCF has he?")) \
X(SA, 301, "SA", "Server-Assignment", N_("this S-CSCF has the user from now on, or no more; what is his profile?")) \
X(LI, 302, "LI", "Location-Info", N_("which S-CSCF has the user who is called?")) \
X(MA, 303, "MA", "Multimedia-Auth", N_("by which challenge does this user prove who he is?")) \
X(RT, 304, "RT", "Registration-Termination", N_("the home subscriber server ends a registration")) \
X(PP, 305, "PP", "Push-Profile", N_("the home subscriber server has changed a profile"))

/* X(NAME, code, vendor's, name in the norm, form, must be understood (M),
 * norm, clause, words) */
#define DIAMETER_AVPS(X) \
X(USER_NAME, 1, false, "User-Name", TEXT, true, "RFC 6733", "8.14", N_("private identity: by this name the user proves who he is")) \
X(AUTH_APPLICATION_ID, 258, false, "Auth-Application-Id", NUMBER, true, "RFC 6733", "6.8", N_("the application: 16777216 is Cx")) \
X(VENDOR_APPLICATION, 260, false, "Vendor-Specific-Application-Id", GROUP, true, "RFC 6733", "6.11", N_("which application of which vendor")) \
X(SESSION_ID, 263, false, "Session-Id", TEXT, true, "RFC 6733", "8.8", N_("names the session; Cx keeps none, so it lasts for one question")) \
X(ORIGIN_HOST, 264, false, "Origin-Host", TEXT, true, "RFC 6733", "6.3", N_("who has sent it")) \
X(DIGEST_REALM, 104, false, "Digest-Realm", TEXT, true, "RFC 4740", "9.5.6.1", N_("the realm of the challenge")) \
X(DIGEST_QOP, 110, false, "Digest-QoP", TEXT, true, "RFC 4740", "9.5.6.3", N_("what the response is to protect")) \
X(DIGEST_ALGORITHM, 111, false, "Digest-Algorithm", TEXT, true, "RFC 4740", "9.5.6.4", N_("the hash")) \
X(DIGEST_HA1, 121, false, "Digest-HA1", TEXT, true, "RFC 4740", "9.5.6.5", N_("H(A1): what is written down of his password")) \
X(VENDOR_ID, 266, false, "Vendor-Id", NUMBER, true, "RFC 6733", "5.3.3", N_("the vendor: 10415 is 3GPP")) \
X(RESULT_CODE, 268, false, "Result-Code", NUMBER, true, "RFC 6733", "7.1", N_("how it went, as all of Diameter says it")) \
X(AUTH_SESSION_STATE, 277, false, "Auth-Session-State", NUMBER, true, "RFC 6733", "8.11", N_("whether a session is kept")) \
X(FAILED_AVP, 279, false, "Failed-AVP", GROUP, true, "RFC 6733", "7.5", N_("what was wrong, or what was missing")) \
X(ERROR_MESSAGE, 281, false, "Error-Message", TEXT, false, "RFC 6733", "7.3", N_("the fault in words")) \
X(DESTINATION_REALM, 283, false, "Destination-Realm", TEXT, true, "RFC 6733", "6.6", N_("whose network shall answer")) \
X(DESTINATION_HOST, 293, false, "Destination-Host", TEXT, true, "RFC 6733", "6.5", N_("who shall answer")) \
X(ORIGIN_REALM, 296, false, "Origin-Realm", TEXT, true, "RFC 6733", "6.4", N_("the sender's network")) \
X(EXPERIMENTAL_RESULT, 297, false, "Experimental-Result", GROUP, true, "RFC 6733", "7.6", N_("how it went, as a vendor says it")) \
X(EXPERIMENTAL_CODE, 298, false, "Experimental-Result-Code", NUMBER, true, "RFC 6733", "7.7", N_("the vendor's code")) \
X(VISITED_NETWORK, 600, true, "Visited-Network-Identifier", TEXT, true, "TS 29.229", "6.3.1", N_("the network in which the user is")) \
X(PUBLIC_IDENTITY, 601, true, "Public-Identity", TEXT, true, "TS 29.229", "6.3.2", N_("public identity: by this URI he is called")) \
X(SERVER_NAME, 602, true, "Server-Name", TEXT, true, "TS 29.229", "6.3.3", N_("the S-CSCF, as a SIP URI")) \
X(SERVER_CAPABILITIES, 603, true, "Server-Capabilities", GROUP, true, "TS 29.229", "6.3.4", N_("what an S-CSCF for this user must be able to do")) \
X(MANDATORY_CAPABILITY, 604, true, "Mandatory-Capability", NUMBER, true, "TS 29.229", "6.3.5", N_("it must be able to do this")) \
X(OPTIONAL_CAPABILITY, 605, true, "Optional-Capability", NUMBER, true, "TS 29.229", "6.3.6", N_("it had better be able to do this")) \
X(USER_DATA, 606, true, "User-Data", TEXT, true, "TS 29.229", "6.3.7", N_("the user's profile as XML")) \
X(NUMBER_AUTH_ITEMS, 607, true, "SIP-Number-Auth-Items", NUMBER, true, "TS 29.229", "6.3.8", N_("how many vectors are asked for, or given")) \
X(AUTH_SCHEME, 608, true, "SIP-Authentication-Scheme", TEXT, true, "TS 29.229", "6.3.9", N_("how he proves who he is")) \
X(AUTHENTICATE, 609, true, "SIP-Authenticate", OCTETS, true, "TS 29.229", "6.3.10", N_("RAND and AUTN, the nonce of the challenge")) \
X(AUTHORIZATION, 610, true, "SIP-Authorization", OCTETS, true, "TS 29.229", "6.3.11", N_("in an answer XRES, what a right response is made with; in a question RAND and AUTS, since the phone's counter is ahead")) \
X(AUTH_CONTEXT, 611, true, "SIP-Authentication-Context", OCTETS, true, "TS 29.229", "6.3.12", N_("parts of the request that was challenged")) \
X(AUTH_ITEM, 612, true, "SIP-Auth-Data-Item", GROUP, true, "TS 29.229", "6.3.13", N_("one vector")) \
X(ITEM_NUMBER, 613, true, "SIP-Item-Number", NUMBER, true, "TS 29.229", "6.3.14", N_("its place in the order of vectors")) \
X(ASSIGNMENT_TYPE, 614, true, "Server-Assignment-Type", NUMBER, true, "TS 29.229", "6.3.15", N_("why the S-CSCF says so")) \
X(DEREGISTRATION_REASON, 615, true, "Deregistration-Reason", GROUP, true, "TS 29.229", "6.3.16", N_("why the registration ends")) \
X(REASON_CODE, 616, true, "Reason-Code", NUMBER, true, "TS 29.229", "6.3.17", N_("the reason")) \
X(REASON_INFO, 617, true, "Reason-Info", TEXT, true, "TS 29.229", "6.3.18", N_("the reason in words")) \
X(CHARGING_INFORMATION, 618, true, "Charging-Information", GROUP, true, "TS 29.229", "6.3.19", N_("who is told what calls cost")) \
X(CHARGING_EVENT, 619, true, "Primary-Event-Charging-Function-Name", TEXT, true, "TS 29.229", "6.3.20", N_("online charging")) \
X(CHARGING_EVENT_2, 620, true, "Secondary-Event-Charging-Function-Name", TEXT, true, "TS 29.229", "6.3.21", N_("online charging, the second")) \
X(CHARGING_COLLECTION, 621, true, "Primary-Charging-Collection-Function-Name", TEXT, true, "TS 29.229", "6.3.22", N_("offline charging")) \
X(CHARGING_COLLECTION_2, 622, true, "Secondary-Charging-Collection-Function-Name", TEXT, true, "TS 29.229", "6.3.23", N_("offline charging, the second")) \
X(AUTHORIZATION_TYPE, 623, true, "User-Authorization-Type", NUMBER, true, "TS 29.229", "6.3.24", N_("what the user wants")) \
X(DATA_AVAILABLE, 624, true, "User-Data-Already-Available", NUMBER, true, "TS 29.229", "6.3.26", N_("whether the S-CSCF has the profile already")) \
X(CONFIDENTIALITY_KEY, 625, true, "Confidentiality-Key", OCTETS, true, "TS 29.229", "6.3.27", N_("CK: what seals messages between phone and P-CSCF")) \
X(INTEGRITY_KEY, 626, true, "Integrity-Key", OCTETS, true, "TS 29.229", "6.3.28", N_("IK: what proves that nobody changed them")) \
X(SUPPORTED_FEATURES, 628, true, "Supported-Features", GROUP, false, "TS 29.229", "6.3.29", N_("features that the sender knows")) \
X(FEATURE_LIST_ID, 629, true, "Feature-List-ID", NUMBER, false, "TS 29.229", "6.3.30", N_("which list of features")) \
X(FEATURE_LIST, 630, true, "Feature-List", NUMBER, false, "TS 29.229", "6.3.31", N_("a bit for each feature")) \
X(ASSOCIATED_IDENTITIES, 632, true, "Associated-Identities", GROUP, false, "TS 29.229", "6.3.33", N_("other private identities of the subscription")) \
X(ORIGINATING_REQUEST, 633, true, "Originating-Request", NUMBER, false, "TS 29.229", "6.3.34", N_("asked for a call that the user makes")) \
X(WILDCARDED_IDENTITY, 634, true, "Wildcarded-Public-Identity", TEXT, false, "TS 29.229", "6.3.35", N_("the pattern that the identity fits")) \
X(DIGEST_AUTHENTICATE, 635, true, "SIP-Digest-Authenticate", GROUP, false, "TS 29.229", "6.3.36", N_("what a right response by password is made with"))

/*
 * X(Q, A or G, whose, AVP, at least, at most): the AVPs of a request (Q) or an
 * answer (A) of each command, or of a group (G); 0 at most: any number.  AVPs
 * without a row may stand there, too.
 */
#define DIAMETER_PARTS(X) \
X(Q, ANY, SESSION_ID, 1, 1) X(A, ANY, SESSION_ID, 1, 1) \
X(Q, ANY, VENDOR_APPLICATION, 1, 1) X(A, ANY, VENDOR_APPLICATION, 0, 1) \
X(Q, ANY, AUTH_SESSION_STATE, 1, 1) X(A, ANY, AUTH_SESSION_STATE, 0, 1) \
X(Q, ANY, ORIGIN_HOST, 1, 1) X(A, ANY, ORIGIN_HOST, 1, 1) \
X(Q, ANY, ORIGIN_REALM, 1, 1) X(A, ANY, ORIGIN_REALM, 1, 1) \
X(Q, ANY, DESTINATION_REALM, 1, 1) X(A, ANY, RESULT_CODE, 0, 1) \
X(Q, ANY, DESTINATION_HOST, 0, 1) X(A, ANY, EXPERIMENTAL_RESULT, 0, 1) \
X(Q, UA, USER_NAME, 1, 1) X(Q, UA, PUBLIC_IDENTITY, 1, 1) X(Q, UA, VISITED_NETWORK, 1, 1) X(Q, UA, AUTHORIZATION_TYPE, 0, 1) \
X(A, UA, SERVER_NAME, 0, 1) X(A, UA, SERVER_CAPABILITIES, 0, 1) \
X(Q, SA, USER_NAME, 0, 1) X(Q, SA, PUBLIC_IDENTITY, 0, 0) X(Q, SA, SERVER_NAME, 1, 1) X(Q, SA, ASSIGNMENT_TYPE, 1, 1) X(Q, SA, DATA_AVAILABLE, 1, 1) \
X(A, SA, USER_NAME, 0, 1) X(A, SA, USER_DATA, 0, 1) X(A, SA, CHARGING_INFORMATION, 0, 1) \
X(Q, LI, PUBLIC_IDENTITY, 1, 1) X(Q, LI, ORIGINATING_REQUEST, 0, 1) X(Q, LI, AUTHORIZATION_TYPE, 0, 1) \
X(A, LI, SERVER_NAME, 0, 1) X(A, LI, SERVER_CAPABILITIES, 0, 1) \
X(Q, MA, USER_NAME, 1, 1) X(Q, MA, PUBLIC_IDENTITY, 1, 1) X(Q, MA, AUTH_ITEM, 1, 1) X(Q, MA, NUMBER_AUTH_ITEMS, 1, 1) X(Q, MA, SERVER_NAME, 1, 1) \
X(A, MA, USER_NAME, 0, 1) X(A, MA, PUBLIC_IDENTITY, 0, 1) X(A, MA, NUMBER_AUTH_ITEMS, 0, 1) X(A, MA, AUTH_ITEM, 0, 0) \
X(Q, RT, DESTINATION_HOST, 1, 1) X(Q, RT, USER_NAME, 1, 1) X(Q, RT, PUBLIC_IDENTITY, 0, 0) X(Q, RT, DEREGISTRATION_REASON, 1, 1) \
X(Q, PP, DESTINATION_HOST, 1, 1) X(Q, PP, USER_NAME, 1, 1) X(Q, PP, USER_DATA, 0, 1) \
X(G, VENDOR_APPLICATION, VENDOR_ID, 1, 1) X(G, VENDOR_APPLICATION, AUTH_APPLICATION_ID, 0, 1) \
X(G, EXPERIMENTAL_RESULT, VENDOR_ID, 1, 1) X(G, EXPERIMENTAL_RESULT, EXPERIMENTAL_CODE, 1, 1) \
X(G, AUTH_ITEM, ITEM_NUMBER, 0, 1) X(G, AUTH_ITEM, AUTH_SCHEME, 0, 1) X(G, AUTH_ITEM, AUTHENTICATE, 0, 1) X(G, AUTH_ITEM, AUTHORIZATION, 0, 1) \
X(G, AUTH_ITEM, CONFIDENTIALITY_KEY, 0, 1) X(G, AUTH_ITEM, INTEGRITY_KEY, 0, 1) \
X(G, AUTH_ITEM, DIGEST_AUTHENTICATE, 0, 1) \
X(G, DIGEST_AUTHENTICATE, DIGEST_REALM, 1, 1) X(G, DIGEST_AUTHENTICATE, DIGEST_ALGORITHM, 0, 1) \
X(G, DIGEST_AUTHENTICATE, DIGEST_QOP, 1, 1) X(G, DIGEST_AUTHENTICATE, DIGEST_HA1, 1, 1) \
X(G, DEREGISTRATION_REASON, REASON_CODE, 1, 1) X(G, DEREGISTRATION_REASON, REASON_INFO, 0, 1) \
X(G, SUPPORTED_FEATURES, VENDOR_ID, 1, 1) X(G, SUPPORTED_FEATURES, FEATURE_LIST_ID, 1, 1) X(G, SUPPORTED_FEATURES, FEATURE_LIST, 1, 1)

/* X(NAME, the AVP that says it, value, name in the norm, words): numbers with a
 * meaning. */
#define DIAMETER_VALUES(X) \
X(SUCCESS, RESULT_CODE, 2001, "DIAMETER_SUCCESS", N_("it went well")) \
X(COMMAND_UNSUPPORTED, RESULT_CODE, 3001, "DIAMETER_COMMAND_UNSUPPORTED", N_("the command is not known")) \
X(UNABLE_TO_DELIVER, RESULT_CODE, 3002, "DIAMETER_UNABLE_TO_DELIVER", N_("nobody could be reached who answers")) \
X(TOO_BUSY, RESULT_CODE, 3004, "DIAMETER_TOO_BUSY", N_("it has too much to do")) \
X(APPLICATION_UNSUPPORTED, RESULT_CODE, 3007, "DIAMETER_APPLICATION_UNSUPPORTED", N_("the application is not known")) \
X(INVALID_HDR_BITS, RESULT_CODE, 3008, "DIAMETER_INVALID_HDR_BITS", N_("the flags of the head do not fit together")) \
X(INVALID_AVP_BITS, RESULT_CODE, 3009, "DIAMETER_INVALID_AVP_BITS", N_("the flags of an AVP are not as they must be")) \
X(AVP_UNSUPPORTED, RESULT_CODE, 5001, "DIAMETER_AVP_UNSUPPORTED", N_("an AVP that must be understood is not known")) \
X(REJECTED, RESULT_CODE, 5003, "DIAMETER_AUTHORIZATION_REJECTED", N_("the user is barred")) \
X(INVALID_AVP_VALUE, RESULT_CODE, 5004, "DIAMETER_INVALID_AVP_VALUE", N_("an AVP has a value that it may not have")) \
X(MISSING_AVP, RESULT_CODE, 5005, "DIAMETER_MISSING_AVP", N_("an AVP is missing")) \
X(TOO_MANY, RESULT_CODE, 5009, "DIAMETER_AVP_OCCURS_TOO_MANY_TIMES", N_("an AVP stands there too often")) \
X(UNSUPPORTED_VERSION, RESULT_CODE, 5011, "DIAMETER_UNSUPPORTED_VERSION", N_("the version is not known")) \
X(UNABLE_TO_COMPLY, RESULT_CODE, 5012, "DIAMETER_UNABLE_TO_COMPLY", N_("it can't be done")) \
X(INVALID_AVP_LENGTH, RESULT_CODE, 5014, "DIAMETER_INVALID_AVP_LENGTH", N_("an AVP has a length that it can't have")) \
X(INVALID_LENGTH, RESULT_CODE, 5015, "DIAMETER_INVALID_MESSAGE_LENGTH", N_("the length of the message is wrong")) \
X(FIRST, EXPERIMENTAL_CODE, 2001, "DIAMETER_FIRST_REGISTRATION", N_("he may register; an S-CSCF has to be chosen")) \
X(SUBSEQUENT, EXPERIMENTAL_CODE, 2002, "DIAMETER_SUBSEQUENT_REGISTRATION", N_("he may register; he has an S-CSCF")) \
X(UNREGISTERED_SERVICE, EXPERIMENTAL_CODE, 2003, "DIAMETER_UNREGISTERED_SERVICE", N_("he is not registered, but has services; an S-CSCF has to be chosen")) \
X(NAME_NOT_STORED, EXPERIMENTAL_CODE, 2004, "DIAMETER_SUCCESS_SERVER_NAME_NOT_STORED", N_("it went well; the S-CSCF is forgotten")) \
X(USER_UNKNOWN, EXPERIMENTAL_CODE, 5001, "DIAMETER_ERROR_USER_UNKNOWN", N_("there is no such user")) \
X(DONT_MATCH, EXPERIMENTAL_CODE, 5002, "DIAMETER_ERROR_IDENTITIES_DONT_MATCH", N_("the public identity is not one of this private one")) \
X(NOT_REGISTERED, EXPERIMENTAL_CODE, 5003, "DIAMETER_ERROR_IDENTITY_NOT_REGISTERED", N_("he is not registered")) \
X(ROAMING, EXPERIMENTAL_CODE, 5004, "DIAMETER_ERROR_ROAMING_NOT_ALLOWED", N_("he may not use the network in which he is")) \
X(ALREADY_REGISTERED, EXPERIMENTAL_CODE, 5005, "DIAMETER_ERROR_IDENTITY_ALREADY_REGISTERED", N_("another S-CSCF has him")) \
X(SCHEME_UNSUPPORTED, EXPERIMENTAL_CODE, 5006, "DIAMETER_ERROR_AUTH_SCHEME_NOT_SUPPORTED", N_("he has no keys for this scheme")) \
X(IN_ASSIGNMENT, EXPERIMENTAL_CODE, 5007, "DIAMETER_ERROR_IN_ASSIGNMENT_TYPE", N_("such an assignment does not fit his state")) \
X(STATE_MAINTAINED, AUTH_SESSION_STATE, 0, "STATE_MAINTAINED", N_("a session is kept")) \
X(NO_STATE, AUTH_SESSION_STATE, 1, "NO_STATE_MAINTAINED", N_("none is kept")) \
X(AUTHORIZE, AUTHORIZATION_TYPE, 0, "REGISTRATION", N_("he registers")) \
X(AUTHORIZE_END, AUTHORIZATION_TYPE, 1, "DE_REGISTRATION", N_("he ends his registration")) \
X(AUTHORIZE_CHOICE, AUTHORIZATION_TYPE, 2, "REGISTRATION_AND_CAPABILITIES", N_("he registers, and another S-CSCF is to be chosen")) \
X(ASSIGN_NONE, ASSIGNMENT_TYPE, 0, "NO_ASSIGNMENT", N_("only his profile is asked for")) \
X(ASSIGN, ASSIGNMENT_TYPE, 1, "REGISTRATION", N_("he has registered")) \
X(ASSIGN_AGAIN, ASSIGNMENT_TYPE, 2, "RE_REGISTRATION", N_("he has registered again")) \
X(ASSIGN_UNREGISTERED, ASSIGNMENT_TYPE, 3, "UNREGISTERED_USER", N_("he is called, but is not registered")) \
X(ASSIGN_TIMEOUT, ASSIGNMENT_TYPE, 4, "TIMEOUT_DEREGISTRATION", N_("his registration has run out")) \
X(ASSIGN_END, ASSIGNMENT_TYPE, 5, "USER_DEREGISTRATION", N_("he has ended his registration")) \
X(ASSIGN_TIMEOUT_KEPT, ASSIGNMENT_TYPE, 6, "TIMEOUT_DEREGISTRATION_STORE_SERVER_NAME", N_("his registration has run out; the S-CSCF keeps him")) \
X(ASSIGN_END_KEPT, ASSIGNMENT_TYPE, 7, "USER_DEREGISTRATION_STORE_SERVER_NAME", N_("he has ended his registration; the S-CSCF keeps him")) \
X(ASSIGN_ADMINISTRATIVE, ASSIGNMENT_TYPE, 8, "ADMINISTRATIVE_DEREGISTRATION", N_("an administrator has ended his registration")) \
X(ASSIGN_FAILED, ASSIGNMENT_TYPE, 9, "AUTHENTICATION_FAILURE", N_("he could not prove who he is")) \
X(ASSIGN_SILENT, ASSIGNMENT_TYPE, 10, "AUTHENTICATION_TIMEOUT", N_("he has not answered the challenge")) \
X(ASSIGN_TOO_MUCH, ASSIGNMENT_TYPE, 11, "DEREGISTRATION_TOO_MUCH_DATA", N_("his profile is too large")) \
X(REASON_PERMANENT, REASON_CODE, 0, "PERMANENT_TERMINATION", N_("he is no subscriber any more")) \
X(REASON_NEW_SERVER, REASON_CODE, 1, "NEW_SERVER_ASSIGNED", N_("another S-CSCF has him")) \
X(REASON_CHANGE, REASON_CODE, 2, "SERVER_CHANGE", N_("he needs another S-CSCF")) \
X(REASON_REMOVE, REASON_CODE, 3, "REMOVE_S-CSCF", N_("he needs no S-CSCF")) \
X(DATA_THERE_NOT, DATA_AVAILABLE, 0, "USER_DATA_NOT_AVAILABLE", N_("it has none")) \
X(DATA_THERE, DATA_AVAILABLE, 1, "USER_DATA_ALREADY_AVAILABLE", N_("it has it")) \
X(ORIGINATING, ORIGINATING_REQUEST, 0, "ORIGINATING", N_("he makes a call"))

/* clang-format on */

/* X(NAME, result that reports it, words): faults of a message. */
#define DIAMETER_FAULTS(X)                                                    \
	X(NONE, SUCCESS, "")                                                  \
	X(HEAD, INVALID_LENGTH, N_("it is shorter than its head"))            \
	X(VERSION, UNSUPPORTED_VERSION, N_("its version is not 1"))           \
	X(LENGTH, INVALID_LENGTH, N_("its length is not that of its octets")) \
	X(BITS, INVALID_HDR_BITS, N_("a question has the flag of a fault"))   \
	X(APPLICATION, APPLICATION_UNSUPPORTED,                               \
	    N_("it is of another application than Cx"))                       \
	X(COMMAND, COMMAND_UNSUPPORTED, N_("its command is not known"))       \
	X(AVP_LENGTH, INVALID_AVP_LENGTH,                                     \
	    N_("an AVP has a length that it can't have"))                     \
	X(AVP_BITS, INVALID_AVP_BITS,                                         \
	    N_("the flags of an AVP are not as they must be"))                \
	X(UNKNOWN, AVP_UNSUPPORTED,                                           \
	    N_("an AVP that must be understood is not known"))                \
	X(VALUE, INVALID_AVP_VALUE,                                           \
	    N_("an AVP has a value that it may not have"))                    \
	X(MANY, TOO_MANY, N_("an AVP stands there too often"))                \
	X(MISSING, MISSING_AVP, N_("an AVP is missing"))

#endif
