/*
 * The commands of GB/T 28181 with their elements: A.2.3 to A.2.6 of the edition
 * of 2022, and the elements of 2016 alone.  Letter case of
 * elements new in 2022 is that of running programs.
 */
#include "surveillance/manscdp.h"

#include "base/i18n.h"
#include "base/rows.h"

#define VALUES(name, ...)                                         \
	static const struct manscdp_value name[] = { __VA_ARGS__, \
		{ NULL, NULL } }
#define FIELDS(table, ...)                                         \
	static const struct manscdp_field table[] = { __VA_ARGS__, \
		{ .name = NULL } }
#define FIELD(name, kind, need, text)                                  \
	{                                                              \
		name, MANSCDP_##kind, MANSCDP_##need, text, NULL, NULL \
	}
#define WORD(name, need, values, text)                                 \
	{                                                              \
		name, MANSCDP_WORD, MANSCDP_##need, text, values, NULL \
	}
#define GROUP(name, kind, need, group, text)                            \
	{                                                               \
		name, MANSCDP_##kind, MANSCDP_##need, text, NULL, group \
	}

#define CMD_TYPE FIELD("CmdType", TEXT, MUST, N_("the name of the command"))
#define SN                        \
	FIELD("SN", NUMBER, MUST, \
	    N_("the number of the command, which its answer repeats"))
#define DEVICE_ID                   \
	FIELD("DeviceID", ID, MUST, \
	    N_("the device, channel or system that it concerns"))
/* What nearly all begin with. */
#define HEAD CMD_TYPE, SN, DEVICE_ID
#define RESULT(need) \
	WORD("Result", need, results, N_("whether the command succeeded"))
#define SUM_NUM(need)                 \
	FIELD("SumNum", NUMBER, need, \
	    N_("the number of items in all messages together"))
#define PLACE(need)                                         \
	FIELD("Longitude", REAL, need, N_("degrees east")), \
	    FIELD("Latitude", REAL, need, N_("degrees north"))

/* clang-format off */
VALUES(results, { "OK", N_("success") }, { "ERROR", N_("failure") });
VALUES(health, { "OK", N_("working") }, { "ERROR", N_("something is broken") });
VALUES(online, { "ONLINE", N_("on-line") }, { "OFFLINE", N_("off-line") });
VALUES(switches, { "ON", N_("on") }, { "OFF", N_("off") });
VALUES(duties, { "ONDUTY", N_("guarded") }, { "OFFDUTY", N_("not guarded") }, { "ALARM", N_("in alarm") });
VALUES(yes, { "0", N_("no") }, { "1", N_("yes") });
VALUES(secrecy, { "0", N_("not classified") }, { "1", N_("classified") });
VALUES(ways, { "1", N_("with a password, as in SIP digest") }, { "2", N_("with a password, in both directions") }, { "3", N_("with certificates, in both directions") });
VALUES(domes, { "1", N_("a dome that can turn") }, { "2", N_("half a dome") }, { "3", N_("fixed") }, { "4", N_("fixed, but can be turned remotely") });
VALUES(events, { "ON", N_("on-line") }, { "OFF", N_("off-line") }, { "VLOST", N_("video lost") },
	{ "DEFECT", N_("defective") }, { "ADD", N_("added") }, { "DEL", N_("it is gone") }, { "UPDATE", N_("changed") });
VALUES(record_types, { "time", N_("recorded by a schedule") }, { "alarm", N_("recorded because of an alarm") },
	{ "manual", N_("recorded manually") }, { "all", N_("all recordings") });
VALUES(priorities, { "0", N_("all of them") }, { "1", N_("the highest") }, { "2", N_("the second") }, { "3", N_("the third") }, { "4", N_("the lowest") });
VALUES(methods, { "0", N_("all of them") }, { "1", N_("by telephone") }, { "2", N_("by a device, which sends no other alarm until AlarmCmd resets it") },
	{ "3", N_("by a text message") }, { "4", N_("by satellite positioning") }, { "5", N_("by video analysis") },
	{ "6", N_("a device is broken") }, { "7", N_("in another way") });
VALUES(endings, { "121", N_("the file has been sent completely") });
VALUES(boot, { "Boot", N_("restart the device; it registers again") });
VALUES(record_commands, { "Record", N_("start recording") }, { "StopRecord", N_("stop recording") });
VALUES(guard_commands, { "SetGuard", N_("start guarding") }, { "ResetGuard", N_("stop guarding") });
VALUES(alarm_commands, { "ResetAlarm", N_("reset the alarm; the next one can follow") });
VALUES(frame_commands, { "Send", N_("send a key frame at once") });
VALUES(tracking, { "Auto", N_("track automatically") }, { "Manual", N_("track the marked target") }, { "Stop", N_("stop tracking") });
VALUES(configs, { "BasicParam", N_("name, registration and keep-alive") }, { "VideoParamOpt", N_("the available video formats") },
	{ "SVACEncodeConfig", N_("SVAC encoding settings") }, { "SVACDecodeConfig", N_("SVAC decoding settings") },
	{ "VideoParamAttribute", N_("video encoding settings") }, { "VideoRecordPlan", N_("the recording schedule") },
	{ "VideoAlarmRecord", N_("recording at an alarm") }, { "PictureMask", N_("the masked parts of the image") },
	{ "FrameMirror", N_("whether the image is flipped") }, { "AlarmReport", N_("the alarms that it reports") },
	{ "OSDConfig", N_("the text shown in the image") }, { "SnapShotConfig", N_("snapshots") });
VALUES(upgrade_reasons, { "01", N_("the file could not be downloaded") }, { "02", N_("the file is not the right one") },
	{ "03", N_("the installation failed") }, { "99", N_("another reason") });

/* 5.1: what a catalogue says of one camera, region or group. */
FIELDS(item_info,
	WORD("PTZType", MAY, domes, N_("the type of camera: whether and how it can turn")),
	FIELD("PositionType", NUMBER, 2016, N_("the type of place that it watches")),
	FIELD("RoomType", NUMBER, MAY, N_("outdoors (1) or indoors (2)")),
	FIELD("UseType", NUMBER, 2016, N_("its purpose")),
	FIELD("SupplyLightType", NUMBER, MAY, N_("its light at night")),
	FIELD("DirectionType", NUMBER, MAY, N_("the direction of its view, from 1 (east)")),
	FIELD("Resolution", TEXT, MAY, N_("its image sizes")),
	FIELD("BusinessGroupID", ID, 2016, N_("the group that it belongs to")),
	FIELD("DownloadSpeed", TEXT, MAY, N_("the available download speeds")),
	FIELD("SVCSpaceSupportMode", NUMBER, MAY, N_("its spatial layers (SVAC)")),
	FIELD("SVCTimeSupportMode", NUMBER, MAY, N_("its temporal layers (SVAC)")),
	FIELD("StreamNumberList", TEXT, 2022, N_("the streams that it can send")),
	FIELD("MAC", TEXT, 2022, N_("its hardware address")));
#define ITEM(name_need, device)                                                        \
	FIELD("DeviceID", ID, MUST, N_("the device, region or group of this item")),    \
	FIELD("Name", TEXT, name_need, N_("its name, for people")),                       \
	FIELD("Manufacturer", TEXT, device, N_("its manufacturer")),                       \
	FIELD("Model", TEXT, device, N_("its model")),                                    \
	FIELD("Owner", TEXT, 2016, N_("its owner")),                                    \
	FIELD("CivilCode", TEXT, device, N_("its administrative region")),  \
	FIELD("Block", TEXT, MAY, N_("its police district")),               \
	FIELD("Address", TEXT, device, N_("its location")),                            \
	WORD("Parental", device, yes, N_("whether it has channels or devices below it")), \
	FIELD("ParentID", TEXT, device, N_("its parents, with / between them")),  \
	FIELD("SafetyWay", NUMBER, 2016, N_("the security of its signalling")),            \
	WORD("RegisterWay", device, ways, N_("how it registers")),                        \
	FIELD("SecurityLevelCode", TEXT, 2022, N_("its security level")),         \
	FIELD("CertNum", TEXT, 2016, N_("the serial number of its certificate")),                \
	WORD("Certifiable", 2016, yes, N_("whether its certificate is valid")),            \
	FIELD("ErrCode", NUMBER, 2016, N_("why its certificate is not valid")),            \
	FIELD("EndTime", TIME, 2016, N_("when its certificate expires")),                    \
	WORD("Secrecy", device, secrecy, N_("whether it is classified")),                     \
	FIELD("IPAddress", TEXT, MAY, N_("its address")),                                 \
	FIELD("Port", NUMBER, MAY, N_("its port")),                                       \
	FIELD("Password", TEXT, MAY, N_("its password, unencrypted")),                    \
	WORD("Status", device, switches, N_("whether it is on-line")),                    \
	PLACE(MAY),                                                                   \
	FIELD("BusinessGroupID", ID, 2022, N_("the group that it belongs to")),           \
	GROUP("Info", GROUP, MAY, item_info, N_("more about a camera"))
FIELDS(catalog_item, ITEM(MUST, DEVICE));
FIELDS(changed_item, ITEM(MAY, MAY),
	WORD("Event", MUST, events, N_("the change")));
#define LIST_OF(list, item_name, fields) \
	FIELDS(list, GROUP(item_name, GROUP, MAY, fields, N_("one item of the list")))
LIST_OF(catalog_list, "Item", catalog_item);
LIST_OF(changed_list, "Item", changed_item);

FIELDS(record_item,
	FIELD("DeviceID", ID, MUST, N_("the channel that was recorded")),
	FIELD("Name", TEXT, MUST, N_("its name, for people")),
	FIELD("FilePath", TEXT, MAY, N_("the recording's file")),
	FIELD("Address", TEXT, MAY, N_("where the recording is stored")),
	FIELD("StartTime", TIME, MAY, N_("the beginning, local time")),
	FIELD("EndTime", TIME, MAY, N_("the end, local time")),
	WORD("Secrecy", MUST, secrecy, N_("whether it is classified")),
	WORD("Type", MAY, record_types, N_("why it was recorded")),
	FIELD("RecorderID", TEXT, MAY, N_("who started the recording")),
	FIELD("FileSize", NUMBER, MAY, N_("its size in bytes")),
	FIELD("RecordLocation", ID, 2022, N_("the device that stores it")),
	FIELD("StreamNumber", NUMBER, 2022, N_("the stream that was recorded; 0 is the main stream")));
LIST_OF(record_list, "Item", record_item);
FIELDS(duty_item,
	FIELD("DeviceID", ID, MUST, N_("an alarm input")),
	WORD("DutyStatus", MUST, duties, N_("its state")));
LIST_OF(duty_list, "Item", duty_item);
FIELDS(preset_item,
	FIELD("PresetID", NUMBER, MUST, N_("the number of the preset")),
	FIELD("PresetName", TEXT, MUST, N_("its name, for people")));
LIST_OF(preset_list, "Item", preset_item);
FIELDS(position_item,
	FIELD("DeviceID", ID, MUST, N_("the device")),
	FIELD("CaptureTime", TIME, MAY, N_("the time at that position")),
	PLACE(MUST),
	FIELD("Speed", REAL, MAY, N_("km/h")),
	FIELD("Direction", REAL, MAY, N_("degrees from north, clockwise")),
	FIELD("Altitude", REAL, MAY, N_("metres above sea level")),
	FIELD("Height", REAL, MAY, N_("metres above ground level")));
LIST_OF(position_list, "Item", position_item);
FIELDS(card_item,
	FIELD("ID", NUMBER, MUST, N_("the number of the memory card")),
	FIELD("HddName", TEXT, MUST, N_("its name")),
	FIELD("Status", TEXT, MUST, N_("ok, formatting, unformatted, idle or error")),
	FIELD("FormatProgress", NUMBER, MAY, N_("the progress of formatting in percent")),
	FIELD("Capacity", NUMBER, MUST, N_("its size in megabytes")),
	FIELD("FreeSpace", NUMBER, MUST, N_("its free space in megabytes")));
LIST_OF(card_list, "Item", card_item);
FIELDS(broken_children,
	FIELD("DeviceID", ID, MAY, N_("a defective device below it")));
FIELDS(basic_param,
	FIELD("Name", TEXT, MAY, N_("the device's name, for people")),
	FIELD("Expiration", NUMBER, MAY, N_("the lifetime of its registration in seconds")),
	FIELD("HeartBeatInterval", NUMBER, MAY, N_("the interval of keep-alives in seconds")),
	FIELD("HeartBeatCount", NUMBER, MAY, N_("the number of lost keep-alives after which it counts as off-line")),
	FIELD("PositionCapability", NUMBER, 2016, N_("its positioning capability")),
	PLACE(2016));
FIELDS(alarm_param,
	FIELD("EventType", NUMBER, MAY, N_("the direction of an intrusion: into (1) or out of (2) the area")));
FIELDS(alarm_info,
	FIELD("AlarmType", NUMBER, MAY, N_("the type of alarm; the numbers depend on AlarmMethod")),
	GROUP("AlarmTypeParam", GROUP, MAY, alarm_param, N_("more about the alarm")));
FIELDS(command_info,
	FIELD("ControlPriority", NUMBER, MAY, N_("the priority of this controller; not in the standard, but common in products")),
	FIELD("AlarmMethod", TEXT, MAY, N_("the alarm methods")),
	FIELD("AlarmType", TEXT, MAY, N_("the alarm types")));
FIELDS(drag,
	FIELD("Length", NUMBER, MUST, N_("the height of the window in pixels")),
	FIELD("Width", NUMBER, MUST, N_("the width of the window in pixels")),
	FIELD("MidPointX", NUMBER, MUST, N_("the centre of the selected area, from the left")),
	FIELD("MidPointY", NUMBER, MUST, N_("the centre of the selected area, from the top")),
	FIELD("LengthX", NUMBER, MUST, N_("the width of the selected area")),
	FIELD("LengthY", NUMBER, MUST, N_("the height of the selected area")));
FIELDS(home,
	WORD("Enabled", MUST, yes, N_("whether it returns to a position automatically")),
	FIELD("ResetTime", NUMBER, MAY, N_("the delay in seconds")),
	FIELD("PresetIndex", NUMBER, MAY, N_("the number of the preset")));
FIELDS(precise,
	FIELD("Pan", REAL, MAY, N_("degrees from left to right")),
	FIELD("Tilt", REAL, MAY, N_("degrees from −30 (down) to 90")),
	FIELD("Zoom", REAL, MAY, N_("the zoom factor")));
FIELDS(upgrade,
	FIELD("Firmware", TEXT, MUST, N_("the version to install")),
	FIELD("FileURL", TEXT, MUST, N_("the URL of the file")),
	FIELD("Manufacturer", TEXT, MUST, N_("its manufacturer")),
	FIELD("SessionID", TEXT, MUST, N_("an identifier for the result")));
/* ---- commands ---- */

#define BEGIN_END(need)                                           \
	FIELD("StartTime", TIME, need, N_("the beginning, local time")), \
	FIELD("EndTime", TIME, need, N_("the end, local time"))

FIELDS(plain, HEAD);
FIELDS(plain_result, HEAD, RESULT(MUST));
FIELDS(device_control, HEAD,
	FIELD("PTZCmd", PTZ, MAY, N_("eight bytes that turn the camera (A.3)")),
	GROUP("PTZCmdParams", GROUP, 2022, NULL, N_("names for the numbers in PTZCmd")),
	WORD("TeleBoot", MAY, boot, N_("restarts the device")),
	WORD("RecordCmd", MAY, record_commands, N_("starts or stops recording; the device reports the result")),
	WORD("GuardCmd", MAY, guard_commands, N_("starts or stops guarding; the device reports the result")),
	WORD("AlarmCmd", MAY, alarm_commands, N_("resets an alarm; the device reports the result")),
	WORD("IFameCmd", MAY, frame_commands, N_("asks for a key frame; the 2016 edition and most programs spell it so")),
	WORD("IFrameCmd", 2022, frame_commands, N_("asks for a key frame")),
	GROUP("DragZoomIn", GROUP, MAY, drag, N_("zooms in to the selected area")),
	GROUP("DragZoomOut", GROUP, MAY, drag, N_("zooms out from the selected area")),
	GROUP("HomePosition", GROUP, MAY, home, N_("the position to which it returns when idle; the device reports the result")),
	GROUP("PTZPreciseCtrl", GROUP, 2022, precise, N_("turns it to given angles")),
	GROUP("DeviceUpgrade", GROUP, 2022, upgrade, N_("new firmware; the device reports the result")),
	FIELD("FormatSDCard", NUMBER, 2022, N_("the memory card to format; 0 means all")),
	WORD("TargetTrack", 2022, tracking, N_("tracks a target")),
	FIELD("DeviceID2", ID, 2022, N_("the camera with the overview image")),
	GROUP("TargetArea", GROUP, 2022, drag, N_("the area of the target")),
	FIELD("StreamNumber", NUMBER, 2022, N_("the stream to record")),
	GROUP("Info", GROUP, MAY, command_info, N_("more about the command")));
FIELDS(device_config, HEAD,
	GROUP("BasicParam", GROUP, MAY, basic_param, N_("name, registration and keep-alive")),
	GROUP("SVACEncodeConfig", GROUP, MAY, NULL, N_("SVAC encoding settings")),
	GROUP("SVACDecodeConfig", GROUP, MAY, NULL, N_("SVAC decoding settings")),
	GROUP("SnapShotConfig", GROUP, 2022, NULL, N_("snapshots")));
FIELDS(catalog_query, HEAD, BEGIN_END(MAY));
FIELDS(record_query, HEAD, BEGIN_END(MUST),
	FIELD("FilePath", TEXT, MAY, N_("the recording's file")),
	FIELD("Address", TEXT, MAY, N_("where the recording is stored")),
	WORD("Secrecy", MAY, secrecy, N_("whether it is classified")),
	WORD("Type", MAY, record_types, N_("why it was recorded")),
	FIELD("RecorderID", TEXT, MAY, N_("who started the recording")),
	WORD("IndistinctQuery", MAY, yes, N_("whether the search covers only the path of the device")),
	FIELD("StreamNumber", NUMBER, 2022, N_("the stream that was recorded; 0 is the main stream")),
	FIELD("AlarmMethod", TEXT, 2022, N_("the alarm methods")),
	FIELD("AlarmType", TEXT, 2022, N_("the alarm types")));
FIELDS(alarm_query, HEAD,
	WORD("StartAlarmPriority", MAY, priorities, N_("alarms from this priority")),
	WORD("EndAlarmPriority", MAY, priorities, N_("alarms up to this priority")),
	{ "AlarmMethod", MANSCDP_WORDS, MANSCDP_MAY, N_("the alarm methods"), methods, NULL },
	FIELD("AlarmType", TEXT, MAY, N_("the alarm types")),
	FIELD("StartAlarmTime", TIME, MAY, N_("the beginning, local time")),
	FIELD("EndAlarmTime", TIME, MAY, N_("the end, local time")));
FIELDS(config_query, HEAD,
	{ "ConfigType", MANSCDP_WORDS, MANSCDP_MUST, N_("the settings, with / between them; the device answers each separately"), configs, NULL });
FIELDS(position_query, HEAD,
	FIELD("Interval", NUMBER, MAY, N_("the interval of positions in seconds; default 5")));
FIELDS(cruise_query, HEAD,
	FIELD("Number", NUMBER, MUST, N_("the number of the cruise")));
FIELDS(keepalive, HEAD,
	WORD("Status", MUST, health, N_("the state of the sender")),
	GROUP("Info", GROUP, MAY, broken_children, N_("the defective devices below it")));
FIELDS(alarm_notify, HEAD,
	WORD("AlarmPriority", MUST, priorities, N_("the priority of the alarm")),
	WORD("AlarmMethod", MUST, methods, N_("the alarm method")),
	FIELD("AlarmTime", TIME, MUST, N_("the time, local time")),
	FIELD("AlarmDescription", TEXT, MAY, N_("a description of the alarm")),
	PLACE(MAY),
	GROUP("Info", GROUP, MAY, alarm_info, N_("the type of alarm")));
FIELDS(media_status, HEAD,
	WORD("NotifyType", MUST, endings, N_("the event of the stream")));
FIELDS(broadcast, CMD_TYPE, SN,
	FIELD("SourceID", ID, MUST, N_("the source of the speech")),
	FIELD("TargetID", ID, MUST, N_("the loudspeaker, which then sends an INVITE to the source")));
FIELDS(position_notify, CMD_TYPE, SN,
	FIELD("DeviceID", ID, MAY, N_("the device, channel or system that it concerns")),
	FIELD("Time", TIME, MUST, N_("the time, local time")),
	PLACE(MAY),
	FIELD("Speed", REAL, MAY, N_("km/h")),
	FIELD("Direction", REAL, MAY, N_("degrees from north, clockwise")),
	FIELD("Altitude", REAL, MAY, N_("metres above sea level")),
	SUM_NUM(2022),
	GROUP("DeviceList", LIST, 2022, position_list, N_("the position of each device")));
FIELDS(catalog_notify, HEAD,
	WORD("Status", MAY, health, N_("the state of the sender")),
	SUM_NUM(MUST),
	GROUP("DeviceList", LIST, MAY, changed_list, N_("the changes")));
FIELDS(snapshot, HEAD,
	FIELD("SessionID", TEXT, MUST, N_("an identifier for the result")),
	GROUP("SnapShotList", GROUP, MUST, NULL, N_("the names of the snapshots")));
FIELDS(upload, HEAD, FIELD("Time", TIME, MUST, N_("the time, local time")), PLACE(MAY));
FIELDS(upgrade_result, HEAD,
	FIELD("SessionID", TEXT, MUST, N_("an identifier for the result")),
	RESULT(MAY),
	FIELD("UpgradeResult", TEXT, MUST, N_("whether the command succeeded")),
	FIELD("Firmware", TEXT, MUST, N_("its present version")),
	WORD("UpgradeFailedReason", MAY, upgrade_reasons, N_("the reason for the failure")));
FIELDS(catalog_response, HEAD, SUM_NUM(MUST),
	GROUP("DeviceList", LIST, MAY, catalog_list, N_("the items of this message; Num is their number")),
	GROUP("ExtraInfo", GROUP, MAY, NULL, N_("more information")),
	GROUP("Info", GROUP, 2016, NULL, N_("more information")),
	RESULT(MAY));
FIELDS(info_response, HEAD,
	FIELD("DeviceName", TEXT, MAY, N_("the device's name, for people")),
	RESULT(MUST),
	FIELD("DeviceType", TEXT, MAY, N_("the type of device; not in the standard, but common in products")),
	FIELD("Manufacturer", TEXT, MAY, N_("its manufacturer")),
	FIELD("Model", TEXT, MAY, N_("its model")),
	FIELD("Firmware", TEXT, MAY, N_("its present version")),
	FIELD("MaxCamera", NUMBER, MAY, N_("the maximum number of cameras; not in the standard, but common in products")),
	FIELD("MaxAlarm", NUMBER, MAY, N_("the maximum number of alarm inputs; not in the standard, but common in products")),
	FIELD("Channel", NUMBER, MAY, N_("the number of video inputs")),
	GROUP("ExtraInfo", GROUP, MAY, NULL, N_("more information")),
	GROUP("Info", GROUP, 2016, NULL, N_("more information")));
FIELDS(status_response, HEAD, RESULT(MUST),
	WORD("Online", MUST, online, N_("whether it is on-line")),
	WORD("Status", MUST, health, N_("its state")),
	FIELD("Reason", TEXT, MAY, N_("the reason for the failure")),
	WORD("Encode", MAY, switches, N_("whether it encodes video")),
	WORD("Record", MAY, switches, N_("whether it records")),
	FIELD("DeviceTime", TIME, MAY, N_("the time of its clock")),
	GROUP("Alarmstatus", LIST, MAY, duty_list, N_("its alarm inputs")),
	GROUP("ExtraInfo", GROUP, MAY, NULL, N_("more information")),
	GROUP("Info", GROUP, 2016, NULL, N_("more information")));
FIELDS(record_response, HEAD,
	FIELD("Name", TEXT, MUST, N_("its name, for people")),
	SUM_NUM(MUST),
	GROUP("RecordList", LIST, MAY, record_list, N_("the recordings of this message; Num is their number")));
FIELDS(config_response, HEAD, RESULT(MUST),
	GROUP("BasicParam", GROUP, MAY, basic_param, N_("name, registration and keep-alive")),
	GROUP("VideoParamOpt", GROUP, MAY, NULL, N_("the available video formats")),
	GROUP("SVACEncodeConfig", GROUP, MAY, NULL, N_("SVAC encoding settings")),
	GROUP("SVACDecodeConfig", GROUP, MAY, NULL, N_("SVAC decoding settings")));
FIELDS(preset_response, HEAD, SUM_NUM(2022),
	GROUP("PresetList", LIST, MUST, preset_list, N_("its presets; Num is their number")));
FIELDS(home_response, HEAD,
	GROUP("HomePosition", GROUP, MAY, home, N_("the position to which it returns when idle")));
FIELDS(ptz_response, HEAD,
	FIELD("Pan", REAL, MAY, N_("degrees from left to right")),
	FIELD("Tilt", REAL, MAY, N_("degrees from −30 (down) to 90")),
	FIELD("Zoom", REAL, MAY, N_("the zoom factor")),
	FIELD("HorizontalFieldAngle", REAL, MAY, N_("its horizontal field of view in degrees")),
	FIELD("VerticalFieldAngle", REAL, MAY, N_("its vertical field of view in degrees")),
	FIELD("MaxViewDistance", REAL, MAY, N_("its maximum viewing distance in metres")));
FIELDS(card_response, HEAD, SUM_NUM(MUST),
	GROUP("SDCardStatusInfo", LIST, MAY, card_list, N_("its memory cards")));

#define ROW(root, name, clause, new, text, fields) \
	{ MANSCDP_##root, name, MANSCDP_NORM clause, new, text, fields }
static const struct manscdp_command commands[] = {
	ROW(CONTROL, "DeviceControl", "A.2.3.1", false, N_("controls a device"), device_control),
	ROW(CONTROL, "DeviceConfig", "A.2.3.2", false, N_("changes the settings of a device"), device_config),
	ROW(QUERY, "DeviceStatus", "A.2.4.2", false, N_("asks for the state of a device"), plain),
	ROW(QUERY, "Catalog", "A.2.4.3", false, N_("asks for the catalogue; in a SUBSCRIBE, for its changes"), catalog_query),
	ROW(QUERY, "DeviceInfo", "A.2.4.4", false, N_("asks for information about a device"), plain),
	ROW(QUERY, "RecordInfo", "A.2.4.5", false, N_("asks for a list of recordings"), record_query),
	ROW(QUERY, "Alarm", "A.2.4.6", false, N_("asks for notifications of alarms"), alarm_query),
	ROW(QUERY, "ConfigDownload", "A.2.4.7", false, N_("asks for the settings of a device"), config_query),
	ROW(QUERY, "PresetQuery", "A.2.4.8", false, N_("asks for the presets of a camera"), plain),
	ROW(QUERY, "MobilePosition", "A.2.4.9", false, N_("asks for notifications of its position"), position_query),
	ROW(QUERY, "HomePositionQuery", "A.2.4.10", true, N_("asks for the position to which it returns when idle"), plain),
	ROW(QUERY, "CruiseTrackListQuery", "A.2.4.11", true, N_("asks for the cruises of a camera"), plain),
	ROW(QUERY, "CruiseTrackQuery", "A.2.4.12", true, N_("asks for the presets of a cruise"), cruise_query),
	ROW(QUERY, "PTZPosition", "A.2.4.13", true, N_("asks for the present direction of a camera"), plain),
	ROW(QUERY, "SDCardStatus", "A.2.4.14", true, N_("asks for the state of the memory cards"), plain),
	ROW(NOTIFY, "Keepalive", "A.2.5.2", false, N_("a keep-alive: the sender is still on-line"), keepalive),
	ROW(NOTIFY, "Alarm", "A.2.5.3", false, N_("an alarm"), alarm_notify),
	ROW(NOTIFY, "MediaStatus", "A.2.5.4", false, N_("an event of a stream"), media_status),
	ROW(NOTIFY, "Broadcast", "A.2.5.5", false, N_("somebody wants to speak through a loudspeaker"), broadcast),
	ROW(NOTIFY, "MobilePosition", "A.2.5.6", false, N_("the position of a device"), position_notify),
	ROW(NOTIFY, "UploadSnapShotFinished", "A.2.5.7", true, N_("the snapshots are complete"), snapshot),
	ROW(NOTIFY, "VideoUploadNotify", "A.2.5.8", true, N_("the device has video to upload"), upload),
	ROW(NOTIFY, "DeviceUpgradeResult", "A.2.5.9", true, N_("the result of an upgrade"), upgrade_result),
	ROW(NOTIFY, "Catalog", "N", false, N_("the changes in the catalogue"), catalog_notify),
	ROW(RESPONSE, "DeviceControl", "A.2.6.2", false, N_("the result of a control command"), plain_result),
	ROW(RESPONSE, "Alarm", "A.2.6.3", false, N_("the alarm was received"), plain_result),
	ROW(RESPONSE, "Catalog", "A.2.6.4", false, N_("the catalogue"), catalog_response),
	ROW(RESPONSE, "DeviceInfo", "A.2.6.5", false, N_("information about the device"), info_response),
	ROW(RESPONSE, "DeviceStatus", "A.2.6.6", false, N_("the state of the device"), status_response),
	ROW(RESPONSE, "RecordInfo", "A.2.6.7", false, N_("the list of recordings"), record_response),
	ROW(RESPONSE, "DeviceConfig", "A.2.6.8", false, N_("the result of changing the settings"), plain_result),
	ROW(RESPONSE, "ConfigDownload", "A.2.6.9", false, N_("the settings of the device"), config_response),
	ROW(RESPONSE, "PresetQuery", "A.2.6.10", false, N_("the presets of the camera"), preset_response),
	ROW(RESPONSE, "Broadcast", "A.2.6.11", false, N_("whether the loudspeaker accepts the speech"), plain_result),
	ROW(RESPONSE, "HomePositionQuery", "A.2.6.12", true, N_("the position to which it returns when idle"), home_response),
	ROW(RESPONSE, "PTZPosition", "A.2.6.15", true, N_("the present direction of the camera"), ptz_response),
	ROW(RESPONSE, "SDCardStatus", "A.2.6.16", true, N_("the state of the memory cards"), card_response),
};

/* Annex E: digits 11 to 13. */
static const struct manscdp_value types[] = {
	{ "111", N_("a video recorder (DVR)") }, { "112", N_("a video server") },
	{ "113", N_("an encoder") }, { "114", N_("a decoder") },
	{ "115", N_("a video matrix") }, { "116", N_("an audio matrix") },
	{ "117", N_("an alarm controller") }, { "118", N_("a network video recorder (NVR)") },
	{ "130", N_("a hybrid video recorder") }, { "131", N_("a camera") },
	{ "132", N_("a network camera") }, { "133", N_("a monitor") },
	{ "134", N_("an alarm input") }, { "135", N_("an alarm output") },
	{ "136", N_("an audio input") }, { "137", N_("a loudspeaker") },
	{ "200", N_("a platform (central signalling server)") }, { "202", N_("a media server") },
	{ "209", N_("an access gateway") }, { "215", N_("a business group") },
	{ "216", N_("a virtual organisation") },
};
/* clang-format on */

static const struct {
	const char *name, *clause, *text;
} roots[] = {
#define X(id, name, clause, text) { name, MANSCDP_NORM clause, text },
	MANSCDP_ROOTS(X)
#undef X
};

const char *
manscdp_root_name(enum manscdp_root root)
{
	return roots[root].name;
}

const char *
manscdp_root_clause(enum manscdp_root root)
{
	return roots[root].clause;
}

const char *
manscdp_root_text(enum manscdp_root root)
{
	return roots[root].text;
}

enum manscdp_root
manscdp_root_find(struct str name)
{
	return (enum manscdp_root)ROWS_FIND(name, roots);
}

const struct manscdp_command *
manscdp_command(enum manscdp_root root, struct str name)
{
	for (size_t i = 0; i < COUNT_OF(commands); i++)
		if (commands[i].root == root && str_is(name, commands[i].name))
			return &commands[i];
	return NULL;
}

const struct manscdp_field *
manscdp_field(const struct manscdp_field *group, struct str name)
{
	for (; group != NULL && group->name != NULL; group++)
		if (str_is(name, group->name))
			return group;
	return NULL;
}

const char *
manscdp_id_text(struct str id)
{
	size_t i;

	for (i = 0; i < id.n; i++)
		if (!chr_is_digit(id.p[i]))
			return NULL;
	if (id.n > 0 && id.n <= 8 && id.n % 2 == 0)
		return N_("an administrative region");
	i = ROWS_FIND(str_slice(id, 10, 13), types);
	if (id.n == 20 && i < COUNT_OF(types))
		return types[i].text;
	return NULL;
}

const char *
manscdp_fault_words(enum manscdp_fault fault)
{
	static const char *const words[] = { MANSCDP_FAULTS(ROW_WORD) };

	return words[fault];
}

static const struct {
	const char *word, *text;
} findings[] = { MANSCDP_FINDINGS(ROW_VALUES) };

const char *
manscdp_finding_word(enum manscdp_finding_kind kind)
{
	return findings[kind].word;
}

const char *
manscdp_finding_text(enum manscdp_finding_kind kind)
{
	return findings[kind].text;
}
