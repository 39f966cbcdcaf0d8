/*
 * What Diameter of the Cx interface consists of, a row each: commands and what
 * each must have (TS 29.228, TS 29.229 6.1), AVPs (TS 29.229 6.3, RFC 6733),
 * results (TS 29.229 6.2, RFC 6733 7.1), values with a name.  docs/roles/hss.md
 * says where the facts come from.  What has its row here is read, judged,
 * written and told.
 */
#ifndef DIAMETER_DIAMETER_TABLES_H
#define DIAMETER_DIAMETER_TABLES_H

#include "base/i18n.h"

#define DIAMETER_CX   16777216u /* the application */
#define DIAMETER_3GPP 10415u    /* the vendor */

/* clang-format off */

/* X(NAME, code, begin of the short name, long name, words) */
#define DIAMETER_COMMANDS(X) \
X(UA, 300, "UA", "User-Authorization", N_("asks whether this user may register, and which S-CSCF serves the user")) \
X(SA, 301, "SA", "Server-Assignment", N_("says that this S-CSCF now serves the user, or no longer does; asks for the user's profile")) \
X(LI, 302, "LI", "Location-Info", N_("asks which S-CSCF serves the called user")) \
X(MA, 303, "MA", "Multimedia-Auth", N_("asks for the challenge with which this user is authenticated")) \
X(RT, 304, "RT", "Registration-Termination", N_("the home subscriber server (HSS) ends a registration")) \
X(PP, 305, "PP", "Push-Profile", N_("the home subscriber server (HSS) has changed a profile"))

/* X(NAME, code, vendor's, name in the standard, form, must be understood (M),
 * standard, clause, words) */
#define DIAMETER_AVPS(X) \
X(USER_NAME, 1, false, "User-Name", TEXT, true, "RFC 6733", "8.14", N_("private identity: the name with which the user authenticates")) \
X(AUTH_APPLICATION_ID, 258, false, "Auth-Application-Id", NUMBER, true, "RFC 6733", "6.8", N_("the application: 16777216 is Cx")) \
X(VENDOR_APPLICATION, 260, false, "Vendor-Specific-Application-Id", GROUP, true, "RFC 6733", "6.11", N_("the application and its vendor")) \
X(SESSION_ID, 263, false, "Session-Id", TEXT, true, "RFC 6733", "8.8", N_("the session's name; Cx keeps no sessions, so it is valid for one request and its answer")) \
X(ORIGIN_HOST, 264, false, "Origin-Host", TEXT, true, "RFC 6733", "6.3", N_("the sender's host")) \
X(DIGEST_REALM, 104, false, "Digest-Realm", TEXT, true, "RFC 4740", "9.5.6.1", N_("the realm of the challenge")) \
X(DIGEST_QOP, 110, false, "Digest-QoP", TEXT, true, "RFC 4740", "9.5.6.3", N_("the part of the message that the digest response protects")) \
X(DIGEST_ALGORITHM, 111, false, "Digest-Algorithm", TEXT, true, "RFC 4740", "9.5.6.4", N_("the hash algorithm")) \
X(DIGEST_HA1, 121, false, "Digest-HA1", TEXT, true, "RFC 4740", "9.5.6.5", N_("H(A1): the hash of user name, realm and password")) \
X(VENDOR_ID, 266, false, "Vendor-Id", NUMBER, true, "RFC 6733", "5.3.3", N_("the vendor: 10415 is 3GPP")) \
X(RESULT_CODE, 268, false, "Result-Code", NUMBER, true, "RFC 6733", "7.1", N_("the result code of the base protocol")) \
X(AUTH_SESSION_STATE, 277, false, "Auth-Session-State", NUMBER, true, "RFC 6733", "8.11", N_("whether the server keeps a session")) \
X(FAILED_AVP, 279, false, "Failed-AVP", GROUP, true, "RFC 6733", "7.5", N_("the AVP that was wrong or missing")) \
X(ERROR_MESSAGE, 281, false, "Error-Message", TEXT, false, "RFC 6733", "7.3", N_("the error in words")) \
X(DESTINATION_REALM, 283, false, "Destination-Realm", TEXT, true, "RFC 6733", "6.6", N_("the network that is to answer")) \
X(DESTINATION_HOST, 293, false, "Destination-Host", TEXT, true, "RFC 6733", "6.5", N_("the host that is to answer")) \
X(ORIGIN_REALM, 296, false, "Origin-Realm", TEXT, true, "RFC 6733", "6.4", N_("the sender's network")) \
X(EXPERIMENTAL_RESULT, 297, false, "Experimental-Result", GROUP, true, "RFC 6733", "7.6", N_("the result code of a vendor")) \
X(EXPERIMENTAL_CODE, 298, false, "Experimental-Result-Code", NUMBER, true, "RFC 6733", "7.7", N_("the vendor's code")) \
X(VISITED_NETWORK, 600, true, "Visited-Network-Identifier", TEXT, true, "TS 29.229", "6.3.1", N_("the network that the user is visiting")) \
X(PUBLIC_IDENTITY, 601, true, "Public-Identity", TEXT, true, "TS 29.229", "6.3.2", N_("public identity: the URI at which the user is called")) \
X(SERVER_NAME, 602, true, "Server-Name", TEXT, true, "TS 29.229", "6.3.3", N_("the S-CSCF, as a SIP URI")) \
X(SERVER_CAPABILITIES, 603, true, "Server-Capabilities", GROUP, true, "TS 29.229", "6.3.4", N_("the capabilities of an S-CSCF for this user")) \
X(MANDATORY_CAPABILITY, 604, true, "Mandatory-Capability", NUMBER, true, "TS 29.229", "6.3.5", N_("a capability that the S-CSCF must have")) \
X(OPTIONAL_CAPABILITY, 605, true, "Optional-Capability", NUMBER, true, "TS 29.229", "6.3.6", N_("a capability that the S-CSCF should have")) \
X(USER_DATA, 606, true, "User-Data", TEXT, true, "TS 29.229", "6.3.7", N_("the user's profile as XML")) \
X(NUMBER_AUTH_ITEMS, 607, true, "SIP-Number-Auth-Items", NUMBER, true, "TS 29.229", "6.3.8", N_("how many authentication vectors are requested or contained")) \
X(AUTH_SCHEME, 608, true, "SIP-Authentication-Scheme", TEXT, true, "TS 29.229", "6.3.9", N_("the authentication scheme")) \
X(AUTHENTICATE, 609, true, "SIP-Authenticate", OCTETS, true, "TS 29.229", "6.3.10", N_("RAND and AUTN, the nonce of the challenge")) \
X(AUTHORIZATION, 610, true, "SIP-Authorization", OCTETS, true, "TS 29.229", "6.3.11", N_("in an answer: XRES, against which the response is checked; in a request: RAND and AUTS, because the phone's counter is ahead")) \
X(AUTH_CONTEXT, 611, true, "SIP-Authentication-Context", OCTETS, true, "TS 29.229", "6.3.12", N_("parts of the SIP request that was challenged")) \
X(AUTH_ITEM, 612, true, "SIP-Auth-Data-Item", GROUP, true, "TS 29.229", "6.3.13", N_("one authentication vector")) \
X(ITEM_NUMBER, 613, true, "SIP-Item-Number", NUMBER, true, "TS 29.229", "6.3.14", N_("the position of this vector in the list")) \
X(ASSIGNMENT_TYPE, 614, true, "Server-Assignment-Type", NUMBER, true, "TS 29.229", "6.3.15", N_("why the S-CSCF sends this request")) \
X(DEREGISTRATION_REASON, 615, true, "Deregistration-Reason", GROUP, true, "TS 29.229", "6.3.16", N_("why the registration ends")) \
X(REASON_CODE, 616, true, "Reason-Code", NUMBER, true, "TS 29.229", "6.3.17", N_("the reason")) \
X(REASON_INFO, 617, true, "Reason-Info", TEXT, true, "TS 29.229", "6.3.18", N_("the reason in words")) \
X(CHARGING_INFORMATION, 618, true, "Charging-Information", GROUP, true, "TS 29.229", "6.3.19", N_("where charging data are sent")) \
X(CHARGING_EVENT, 619, true, "Primary-Event-Charging-Function-Name", TEXT, true, "TS 29.229", "6.3.20", N_("online charging")) \
X(CHARGING_EVENT_2, 620, true, "Secondary-Event-Charging-Function-Name", TEXT, true, "TS 29.229", "6.3.21", N_("online charging, second server")) \
X(CHARGING_COLLECTION, 621, true, "Primary-Charging-Collection-Function-Name", TEXT, true, "TS 29.229", "6.3.22", N_("offline charging")) \
X(CHARGING_COLLECTION_2, 622, true, "Secondary-Charging-Collection-Function-Name", TEXT, true, "TS 29.229", "6.3.23", N_("offline charging, second server")) \
X(AUTHORIZATION_TYPE, 623, true, "User-Authorization-Type", NUMBER, true, "TS 29.229", "6.3.24", N_("what the request is to authorize")) \
X(DATA_AVAILABLE, 624, true, "User-Data-Already-Available", NUMBER, true, "TS 29.229", "6.3.26", N_("whether the S-CSCF already has the profile")) \
X(CONFIDENTIALITY_KEY, 625, true, "Confidentiality-Key", OCTETS, true, "TS 29.229", "6.3.27", N_("CK: the key that encrypts messages between phone and P-CSCF")) \
X(INTEGRITY_KEY, 626, true, "Integrity-Key", OCTETS, true, "TS 29.229", "6.3.28", N_("IK: the key that protects the integrity of messages between phone and P-CSCF")) \
X(SUPPORTED_FEATURES, 628, true, "Supported-Features", GROUP, false, "TS 29.229", "6.3.29", N_("features that the sender supports")) \
X(FEATURE_LIST_ID, 629, true, "Feature-List-ID", NUMBER, false, "TS 29.229", "6.3.30", N_("the number of the list of features")) \
X(FEATURE_LIST, 630, true, "Feature-List", NUMBER, false, "TS 29.229", "6.3.31", N_("a bit for each feature")) \
X(ASSOCIATED_IDENTITIES, 632, true, "Associated-Identities", GROUP, false, "TS 29.229", "6.3.33", N_("other private identities of the subscription")) \
X(ORIGINATING_REQUEST, 633, true, "Originating-Request", NUMBER, false, "TS 29.229", "6.3.34", N_("the request is about a call that the user makes")) \
X(WILDCARDED_IDENTITY, 634, true, "Wildcarded-Public-Identity", TEXT, false, "TS 29.229", "6.3.35", N_("the wildcard that the identity matches")) \
X(DIGEST_AUTHENTICATE, 635, true, "SIP-Digest-Authenticate", GROUP, false, "TS 29.229", "6.3.36", N_("the data for checking a digest response"))

/*
 * X(Q, A or G, whose, AVP, at least, at most): the AVPs of a request (Q) or an
 * answer (A) of each command, or of a group (G); 0 at most: any number.  AVPs
 * without a row may be there as well.
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

/* X(NAME, the AVP that says it, value, name in the standard, words): numbers with a
 * meaning. */
#define DIAMETER_VALUES(X) \
X(SUCCESS, RESULT_CODE, 2001, "DIAMETER_SUCCESS", N_("success")) \
X(COMMAND_UNSUPPORTED, RESULT_CODE, 3001, "DIAMETER_COMMAND_UNSUPPORTED", N_("the command is not supported")) \
X(UNABLE_TO_DELIVER, RESULT_CODE, 3002, "DIAMETER_UNABLE_TO_DELIVER", N_("no server that could answer was reachable")) \
X(TOO_BUSY, RESULT_CODE, 3004, "DIAMETER_TOO_BUSY", N_("the server is overloaded")) \
X(APPLICATION_UNSUPPORTED, RESULT_CODE, 3007, "DIAMETER_APPLICATION_UNSUPPORTED", N_("the application is not supported")) \
X(INVALID_HDR_BITS, RESULT_CODE, 3008, "DIAMETER_INVALID_HDR_BITS", N_("the flags in the header are not a valid combination")) \
X(INVALID_AVP_BITS, RESULT_CODE, 3009, "DIAMETER_INVALID_AVP_BITS", N_("the flags of an AVP are not valid")) \
X(AVP_UNSUPPORTED, RESULT_CODE, 5001, "DIAMETER_AVP_UNSUPPORTED", N_("an AVP with the M flag is not supported")) \
X(REJECTED, RESULT_CODE, 5003, "DIAMETER_AUTHORIZATION_REJECTED", N_("the user is barred")) \
X(INVALID_AVP_VALUE, RESULT_CODE, 5004, "DIAMETER_INVALID_AVP_VALUE", N_("an AVP has a value that is not allowed")) \
X(MISSING_AVP, RESULT_CODE, 5005, "DIAMETER_MISSING_AVP", N_("an AVP is missing")) \
X(TOO_MANY, RESULT_CODE, 5009, "DIAMETER_AVP_OCCURS_TOO_MANY_TIMES", N_("an AVP occurs too often")) \
X(UNSUPPORTED_VERSION, RESULT_CODE, 5011, "DIAMETER_UNSUPPORTED_VERSION", N_("the version is not supported")) \
X(UNABLE_TO_COMPLY, RESULT_CODE, 5012, "DIAMETER_UNABLE_TO_COMPLY", N_("the request can't be fulfilled")) \
X(INVALID_AVP_LENGTH, RESULT_CODE, 5014, "DIAMETER_INVALID_AVP_LENGTH", N_("an AVP has an invalid length")) \
X(INVALID_LENGTH, RESULT_CODE, 5015, "DIAMETER_INVALID_MESSAGE_LENGTH", N_("the length of the message is wrong")) \
X(FIRST, EXPERIMENTAL_CODE, 2001, "DIAMETER_FIRST_REGISTRATION", N_("the user may register; an S-CSCF has to be selected")) \
X(SUBSEQUENT, EXPERIMENTAL_CODE, 2002, "DIAMETER_SUBSEQUENT_REGISTRATION", N_("the user may register and already has an S-CSCF")) \
X(UNREGISTERED_SERVICE, EXPERIMENTAL_CODE, 2003, "DIAMETER_UNREGISTERED_SERVICE", N_("the user is not registered but has services; an S-CSCF has to be selected")) \
X(NAME_NOT_STORED, EXPERIMENTAL_CODE, 2004, "DIAMETER_SUCCESS_SERVER_NAME_NOT_STORED", N_("success; the S-CSCF is no longer stored")) \
X(USER_UNKNOWN, EXPERIMENTAL_CODE, 5001, "DIAMETER_ERROR_USER_UNKNOWN", N_("there is no such user")) \
X(DONT_MATCH, EXPERIMENTAL_CODE, 5002, "DIAMETER_ERROR_IDENTITIES_DONT_MATCH", N_("the public identity does not belong to this private identity")) \
X(NOT_REGISTERED, EXPERIMENTAL_CODE, 5003, "DIAMETER_ERROR_IDENTITY_NOT_REGISTERED", N_("the user is not registered")) \
X(ROAMING, EXPERIMENTAL_CODE, 5004, "DIAMETER_ERROR_ROAMING_NOT_ALLOWED", N_("the user may not use the visited network")) \
X(ALREADY_REGISTERED, EXPERIMENTAL_CODE, 5005, "DIAMETER_ERROR_IDENTITY_ALREADY_REGISTERED", N_("another S-CSCF serves the user")) \
X(SCHEME_UNSUPPORTED, EXPERIMENTAL_CODE, 5006, "DIAMETER_ERROR_AUTH_SCHEME_NOT_SUPPORTED", N_("the user has no keys for this authentication scheme")) \
X(IN_ASSIGNMENT, EXPERIMENTAL_CODE, 5007, "DIAMETER_ERROR_IN_ASSIGNMENT_TYPE", N_("this assignment is not allowed in the user's present state")) \
X(STATE_MAINTAINED, AUTH_SESSION_STATE, 0, "STATE_MAINTAINED", N_("the server keeps a session")) \
X(NO_STATE, AUTH_SESSION_STATE, 1, "NO_STATE_MAINTAINED", N_("the server keeps no session")) \
X(AUTHORIZE, AUTHORIZATION_TYPE, 0, "REGISTRATION", N_("the user registers")) \
X(AUTHORIZE_END, AUTHORIZATION_TYPE, 1, "DE_REGISTRATION", N_("the user deregisters")) \
X(AUTHORIZE_CHOICE, AUTHORIZATION_TYPE, 2, "REGISTRATION_AND_CAPABILITIES", N_("the user registers, and another S-CSCF has to be selected")) \
X(ASSIGN_NONE, ASSIGNMENT_TYPE, 0, "NO_ASSIGNMENT", N_("the request only asks for the user's profile")) \
X(ASSIGN, ASSIGNMENT_TYPE, 1, "REGISTRATION", N_("the user has registered")) \
X(ASSIGN_AGAIN, ASSIGNMENT_TYPE, 2, "RE_REGISTRATION", N_("the user has refreshed the registration")) \
X(ASSIGN_UNREGISTERED, ASSIGNMENT_TYPE, 3, "UNREGISTERED_USER", N_("somebody calls the user, who is not registered")) \
X(ASSIGN_TIMEOUT, ASSIGNMENT_TYPE, 4, "TIMEOUT_DEREGISTRATION", N_("the registration has expired")) \
X(ASSIGN_END, ASSIGNMENT_TYPE, 5, "USER_DEREGISTRATION", N_("the user has deregistered")) \
X(ASSIGN_TIMEOUT_KEPT, ASSIGNMENT_TYPE, 6, "TIMEOUT_DEREGISTRATION_STORE_SERVER_NAME", N_("the registration has expired; the S-CSCF stays stored")) \
X(ASSIGN_END_KEPT, ASSIGNMENT_TYPE, 7, "USER_DEREGISTRATION_STORE_SERVER_NAME", N_("the user has deregistered; the S-CSCF stays stored")) \
X(ASSIGN_ADMINISTRATIVE, ASSIGNMENT_TYPE, 8, "ADMINISTRATIVE_DEREGISTRATION", N_("an administrator has ended the registration")) \
X(ASSIGN_FAILED, ASSIGNMENT_TYPE, 9, "AUTHENTICATION_FAILURE", N_("the user could not be authenticated")) \
X(ASSIGN_SILENT, ASSIGNMENT_TYPE, 10, "AUTHENTICATION_TIMEOUT", N_("the user has not answered the challenge")) \
X(ASSIGN_TOO_MUCH, ASSIGNMENT_TYPE, 11, "DEREGISTRATION_TOO_MUCH_DATA", N_("the user's profile is too large")) \
X(REASON_PERMANENT, REASON_CODE, 0, "PERMANENT_TERMINATION", N_("the user is no longer a subscriber")) \
X(REASON_NEW_SERVER, REASON_CODE, 1, "NEW_SERVER_ASSIGNED", N_("another S-CSCF serves the user")) \
X(REASON_CHANGE, REASON_CODE, 2, "SERVER_CHANGE", N_("the user needs another S-CSCF")) \
X(REASON_REMOVE, REASON_CODE, 3, "REMOVE_S-CSCF", N_("this S-CSCF is no longer to serve the user")) \
X(DATA_THERE_NOT, DATA_AVAILABLE, 0, "USER_DATA_NOT_AVAILABLE", N_("the S-CSCF does not have the profile")) \
X(DATA_THERE, DATA_AVAILABLE, 1, "USER_DATA_ALREADY_AVAILABLE", N_("the S-CSCF has the profile")) \
X(ORIGINATING, ORIGINATING_REQUEST, 0, "ORIGINATING", N_("the user makes a call"))

/* clang-format on */

/* X(NAME, result that reports it, words): faults of a message. */
#define DIAMETER_FAULTS(X)                                                     \
	X(NONE, SUCCESS, "")                                                   \
	X(HEAD, INVALID_LENGTH, N_("it is shorter than its header"))           \
	X(VERSION, UNSUPPORTED_VERSION, N_("its version is not 1"))            \
	X(LENGTH, INVALID_LENGTH,                                              \
	    N_("its length field differs from its real length"))               \
	X(BITS, INVALID_HDR_BITS, N_("a request has the error flag"))          \
	X(APPLICATION, APPLICATION_UNSUPPORTED,                                \
	    N_("it is for an application other than Cx"))                      \
	X(COMMAND, COMMAND_UNSUPPORTED, N_("its command is not known"))        \
	X(AVP_LENGTH, INVALID_AVP_LENGTH, N_("an AVP has an invalid length"))  \
	X(AVP_BITS, INVALID_AVP_BITS, N_("the flags of an AVP are not valid")) \
	X(UNKNOWN, AVP_UNSUPPORTED,                                            \
	    N_("an AVP with the M flag is not supported"))                     \
	X(VALUE, INVALID_AVP_VALUE,                                            \
	    N_("an AVP has a value that is not allowed"))                      \
	X(MANY, TOO_MANY, N_("an AVP occurs too often"))                       \
	X(MISSING, MISSING_AVP, N_("an AVP is missing"))

#endif
