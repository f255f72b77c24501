"""Which fields of each FHIR R4 resource are read, and which known ones are left alone. Every leaf is text: nothing is ever inferred.

A field that stands in neither list is reported with its count (`unread_field`), so that nothing is lost unseen.
"""

import json

TEXT = "VARCHAR"
CODING = {"system": TEXT, "code": TEXT, "display": TEXT}
CONCEPT = {"coding": [CODING], "text": TEXT}
PERIOD = {"start": TEXT, "end": TEXT}
QUANTITY = {"value": TEXT, "comparator": TEXT, "unit": TEXT, "code": TEXT}
MONEY = {"value": TEXT}
IDENTIFIER = {"type": CONCEPT, "system": TEXT, "value": TEXT}
REFERENCE = {"reference": TEXT, "identifier": {"system": TEXT, "value": TEXT}, "display": TEXT}
RANGE = {"low": QUANTITY, "high": QUANTITY}
EXTENSION = {"url": TEXT, "valueCode": TEXT, "valueString": TEXT, "valueBoolean": TEXT, "valueDateTime": TEXT, "valueDecimal": TEXT,
             "valueCoding": CODING, "valueCodeableConcept": CONCEPT}
NESTED_EXTENSION = EXTENSION | {"extension": [EXTENSION]}
ADDRESS = {"line": [TEXT], "city": TEXT, "district": TEXT, "state": TEXT, "postalCode": TEXT,
           "extension": [{"url": TEXT, "extension": [{"url": TEXT, "valueDecimal": TEXT}]}]}
NAME = {"use": TEXT, "family": TEXT, "given": [TEXT], "suffix": [TEXT], "text": TEXT}
TELECOM = {"system": TEXT, "value": TEXT}
VALUE = {"valueQuantity": QUANTITY, "valueCodeableConcept": CONCEPT, "valueString": TEXT, "valueBoolean": TEXT, "valueInteger": TEXT,
         "valueRange": RANGE, "valueRatio": {"numerator": QUANTITY, "denominator": QUANTITY}, "valueTime": TEXT, "valueDateTime": TEXT,
         "valuePeriod": PERIOD, "dataAbsentReason": CONCEPT | {"extension": [EXTENSION]}, "referenceRange": [RANGE]}
DOSAGE = {"timing": {"repeat": {"boundsPeriod": PERIOD, "frequency": TEXT, "frequencyMax": TEXT, "period": TEXT, "periodUnit": TEXT,
                                "timeOfDay": [TEXT]}},
          "route": CONCEPT, "doseAndRate": [{"doseQuantity": QUANTITY, "doseRange": RANGE}]}
ADJUDICATION = {"category": CONCEPT, "amount": MONEY, "value": TEXT}
EVERY = {"id": TEXT, "meta": {"profile": [TEXT], "lastUpdated": TEXT}}
DRUG = {"medicationCodeableConcept": CONCEPT, "medicationReference": REFERENCE,
        "contained": [{"resourceType": TEXT, "id": TEXT, "code": CONCEPT}]}
EXTENDED = {"extension": [EXTENSION], "modifierExtension": [EXTENSION]}

READ = {
    "Patient": EVERY | {
        "identifier": [IDENTIFIER], "name": [NAME], "telecom": [TELECOM], "gender": TEXT, "birthDate": TEXT, "deceasedDateTime": TEXT,
        "deceasedBoolean": TEXT, "address": [ADDRESS], "communication": [{"language": CONCEPT, "preferred": TEXT}],
        "generalPractitioner": [REFERENCE], "extension": [NESTED_EXTENSION]},
    "Encounter": EVERY | {
        "status": TEXT, "class": CODING, "type": [CONCEPT], "subject": REFERENCE, "period": PERIOD, "reasonCode": [CONCEPT],
        "diagnosis": [{"condition": REFERENCE, "use": CONCEPT, "rank": TEXT}],
        "hospitalization": {"admitSource": CONCEPT, "dischargeDisposition": CONCEPT},
        "location": [{"location": REFERENCE}], "participant": [{"individual": REFERENCE}], "serviceProvider": REFERENCE},
    "Condition": EVERY | {
        "clinicalStatus": CONCEPT, "verificationStatus": CONCEPT, "category": [CONCEPT], "severity": CONCEPT, "code": CONCEPT,
        "bodySite": [CONCEPT], "subject": REFERENCE, "encounter": REFERENCE, "onsetDateTime": TEXT, "onsetPeriod": PERIOD,
        "onsetAge": QUANTITY, "onsetRange": RANGE, "onsetString": TEXT, "abatementDateTime": TEXT, "abatementPeriod": PERIOD,
        "abatementAge": QUANTITY, "abatementRange": RANGE, "abatementString": TEXT, "recordedDate": TEXT},
    "Procedure": EVERY | EXTENDED | {
        "status": TEXT, "statusReason": CONCEPT, "category": CONCEPT, "code": CONCEPT, "subject": REFERENCE, "encounter": REFERENCE,
        "performedDateTime": TEXT, "performedPeriod": PERIOD, "performedString": TEXT, "reasonCode": [CONCEPT], "bodySite": [CONCEPT],
        "performer": [{"actor": REFERENCE}]},
    "Observation": EVERY | EXTENDED | VALUE | {
        "status": TEXT, "category": [CONCEPT], "code": CONCEPT, "subject": REFERENCE, "encounter": REFERENCE, "effectiveDateTime": TEXT,
        "effectivePeriod": PERIOD, "effectiveInstant": TEXT, "issued": TEXT, "component": [{"code": CONCEPT} | VALUE]},
    "Immunization": EVERY | EXTENDED | {
        "status": TEXT, "statusReason": CONCEPT, "vaccineCode": CONCEPT, "patient": REFERENCE, "encounter": REFERENCE,
        "occurrenceDateTime": TEXT, "occurrenceString": TEXT, "lotNumber": TEXT, "site": CONCEPT, "route": CONCEPT,
        "doseQuantity": QUANTITY, "location": REFERENCE, "performer": [{"actor": REFERENCE}]},
    "MedicationRequest": EVERY | EXTENDED | DRUG | {
        "status": TEXT, "statusReason": CONCEPT, "intent": TEXT, "category": [CONCEPT], "doNotPerform": TEXT, "subject": REFERENCE,
        "encounter": REFERENCE, "authoredOn": TEXT, "requester": REFERENCE, "reasonCode": [CONCEPT], "dosageInstruction": [DOSAGE],
        "dispenseRequest": {"validityPeriod": PERIOD, "numberOfRepeatsAllowed": TEXT, "quantity": QUANTITY,
                            "expectedSupplyDuration": QUANTITY}},
    "MedicationDispense": EVERY | EXTENDED | DRUG | {
        "status": TEXT, "statusReasonCodeableConcept": CONCEPT, "subject": REFERENCE, "context": REFERENCE, "quantity": QUANTITY,
        "daysSupply": QUANTITY, "whenPrepared": TEXT, "whenHandedOver": TEXT, "dosageInstruction": [DOSAGE],
        "performer": [{"actor": REFERENCE}]},
    "MedicationAdministration": EVERY | EXTENDED | DRUG | {
        "status": TEXT, "statusReason": [CONCEPT], "subject": REFERENCE, "context": REFERENCE, "effectiveDateTime": TEXT,
        "effectivePeriod": PERIOD, "reasonCode": [CONCEPT], "performer": [{"actor": REFERENCE}]},
    "MedicationStatement": EVERY | EXTENDED | DRUG | {
        "status": TEXT, "statusReason": [CONCEPT], "subject": REFERENCE, "context": REFERENCE, "effectiveDateTime": TEXT,
        "effectivePeriod": PERIOD, "dateAsserted": TEXT, "reasonCode": [CONCEPT]},
    "Medication": EVERY | {"code": CONCEPT},
    "ServiceRequest": EVERY | EXTENDED | {
        "status": TEXT, "intent": TEXT, "category": [CONCEPT], "doNotPerform": TEXT, "code": CONCEPT, "subject": REFERENCE,
        "encounter": REFERENCE, "occurrenceDateTime": TEXT, "occurrencePeriod": PERIOD, "authoredOn": TEXT, "requester": REFERENCE,
        "reasonCode": [CONCEPT]},
    "DeviceRequest": EVERY | EXTENDED | {
        "status": TEXT, "intent": TEXT, "codeCodeableConcept": CONCEPT, "codeReference": REFERENCE, "subject": REFERENCE,
        "encounter": REFERENCE, "authoredOn": TEXT, "reasonCode": [CONCEPT]},
    "AllergyIntolerance": EVERY | {
        "clinicalStatus": CONCEPT, "verificationStatus": CONCEPT, "category": [TEXT], "code": CONCEPT, "patient": REFERENCE,
        "encounter": REFERENCE, "onsetDateTime": TEXT, "onsetPeriod": PERIOD, "onsetAge": QUANTITY, "onsetRange": RANGE,
        "onsetString": TEXT, "recordedDate": TEXT, "lastOccurrence": TEXT},
    "AdverseEvent": EVERY | {
        "actuality": TEXT, "event": CONCEPT, "subject": REFERENCE, "encounter": REFERENCE, "date": TEXT, "recordedDate": TEXT},
    "Task": EVERY | EXTENDED | {
        "basedOn": [REFERENCE], "status": TEXT, "statusReason": CONCEPT, "intent": TEXT, "code": CONCEPT, "focus": REFERENCE,
        "for": REFERENCE, "encounter": REFERENCE, "executionPeriod": PERIOD, "authoredOn": TEXT, "reasonCode": CONCEPT},
    "Coverage": EVERY | {
        "status": TEXT, "type": CONCEPT, "subscriberId": TEXT, "beneficiary": REFERENCE, "relationship": CONCEPT, "period": PERIOD,
        "identifier": [IDENTIFIER], "payor": [REFERENCE], "class": [{"type": CONCEPT, "value": TEXT, "name": TEXT}]},
    "ExplanationOfBenefit": EVERY | {
        "status": TEXT, "type": CONCEPT, "subType": CONCEPT, "patient": REFERENCE, "billablePeriod": PERIOD, "created": TEXT,
        "insurer": REFERENCE, "provider": REFERENCE, "facility": REFERENCE, "outcome": TEXT, "prescription": REFERENCE,
        "related": [{"claim": REFERENCE, "relationship": CONCEPT}], "payment": {"date": TEXT},
        "careTeam": [{"sequence": TEXT, "provider": REFERENCE, "role": CONCEPT}],
        "supportingInfo": [{"category": CONCEPT, "code": CONCEPT, "timingDate": TEXT, "timingPeriod": PERIOD, "valueQuantity": QUANTITY,
                            "valueString": TEXT}],
        "diagnosis": [{"sequence": TEXT, "diagnosisCodeableConcept": CONCEPT, "diagnosisReference": REFERENCE, "type": [CONCEPT],
                       "onAdmission": CONCEPT}],
        "procedure": [{"sequence": TEXT, "date": TEXT, "procedureCodeableConcept": CONCEPT}],
        "insurance": [{"focal": TEXT, "coverage": REFERENCE}],
        "contained": [{"resourceType": TEXT, "id": TEXT, "type": CONCEPT, "payor": [REFERENCE], "code": CONCEPT}],
        "item": [{"sequence": TEXT, "revenue": CONCEPT, "productOrService": CONCEPT, "modifier": [CONCEPT], "servicedDate": TEXT,
                  "servicedPeriod": PERIOD, "locationCodeableConcept": CONCEPT, "quantity": QUANTITY, "encounter": [REFERENCE],
                  "adjudication": [ADJUDICATION]}]},
    "Practitioner": EVERY | {"identifier": [IDENTIFIER], "name": [NAME], "qualification": [{"code": CONCEPT}]},
    "PractitionerRole": EVERY | {"practitioner": REFERENCE, "organization": REFERENCE, "specialty": [CONCEPT], "period": PERIOD},
    "Organization": EVERY | {"identifier": [IDENTIFIER], "name": TEXT, "partOf": REFERENCE},
    "Location": EVERY | {
        "identifier": [IDENTIFIER], "name": TEXT, "type": [CONCEPT], "address": ADDRESS,
        "position": {"latitude": TEXT, "longitude": TEXT}, "managingOrganization": REFERENCE},
    "Appointment": EVERY | {
        "status": TEXT, "cancelationReason": CONCEPT, "appointmentType": CONCEPT, "serviceType": [CONCEPT], "reasonCode": [CONCEPT],
        "description": TEXT, "start": TEXT, "end": TEXT, "minutesDuration": TEXT, "participant": [{"actor": REFERENCE}]},
}

# Fields of the standard that no rule of ours asks for.
LEFT = {
    "": "resourceType text language implicitRules contained extension modifierExtension identifier note",
    "Patient": "active maritalStatus multipleBirthBoolean multipleBirthInteger photo contact managingOrganization link",
    "Encounter": "statusHistory classHistory serviceType priority episodeOfCare basedOn appointment length reasonReference account partOf",
    "Condition": "recorder asserter stage evidence",
    "Procedure": "instantiatesCanonical instantiatesUri basedOn partOf recorder asserter location reasonReference outcome report complication"
                 " complicationDetail followUp focalDevice usedReference usedCode performedAge performedRange _performedDateTime",
    "Observation": "basedOn partOf focus effectiveTiming performer interpretation bodySite method specimen device hasMember derivedFrom"
                   " valueSampledData",
    "Immunization": "recorded primarySource reportOrigin manufacturer expirationDate reasonCode reasonReference isSubpotent"
                    " subpotentReason education programEligibility fundingSource reaction protocolApplied",
    "MedicationRequest": "priority reportedBoolean reportedReference supportingInformation performer performerType recorder reasonReference"
                         " instantiatesCanonical instantiatesUri basedOn groupIdentifier courseOfTherapyType insurance substitution"
                         " priorPrescription detectedIssue eventHistory",
    "MedicationDispense": "partOf statusReasonReference category supportingInformation location authorizingPrescription type destination"
                          " receiver substitution detectedIssue eventHistory",
    "MedicationAdministration": "instantiates partOf category supportingInformation reasonReference request device dosage eventHistory",
    "MedicationStatement": "basedOn partOf category informationSource derivedFrom reasonReference dosage",
    "Medication": "status manufacturer form amount ingredient batch",
    "ServiceRequest": "instantiatesCanonical instantiatesUri basedOn replaces requisition priority orderDetail quantityQuantity quantityRatio"
                      " quantityRange occurrenceTiming asNeededBoolean asNeededCodeableConcept performer performerType locationCode"
                      " locationReference reasonReference insurance supportingInfo specimen bodySite patientInstruction relevantHistory",
    "DeviceRequest": "instantiatesCanonical instantiatesUri basedOn priorRequest groupIdentifier priority parameter occurrenceDateTime"
                     " occurrencePeriod occurrenceTiming requester performerType performer reasonReference insurance supportingInfo"
                     " relevantHistory",
    "AllergyIntolerance": "type criticality recorder asserter reaction",
    "AdverseEvent": "category detected resultingCondition location seriousness severity outcome recorder contributor suspectEntity"
                    " subjectMedicalHistory referenceDocument study",
    "Task": "instantiatesCanonical instantiatesUri groupIdentifier partOf businessStatus priority description lastModified requester"
            " performerType owner location reasonReference insurance relevantHistory restriction input output",
    "Coverage": "policyHolder subscriber dependent order network costToBeneficiary subrogation contract",
    "ExplanationOfBenefit": "use enterer priority fundsReserveRequested fundsReserve originalPrescription payee referral claim claimResponse"
                            " disposition preAuthRef preAuthRefPeriod precedence accident addItem adjudication total formCode form processNote"
                            " benefitPeriod benefitBalance",
    "Practitioner": "active telecom address gender birthDate photo communication",
    "PractitionerRole": "active code location healthcareService telecom availableTime notAvailable availabilityExceptions endpoint",
    "Organization": "active type alias telecom address contact endpoint",
    "Location": "status operationalStatus alias description mode telecom physicalType partOf hoursOfOperation availabilityExceptions endpoint",
    "Appointment": "serviceCategory specialty reasonReference priority supportingInformation created comment patientInstruction basedOn slot"
                   " requestedPeriod",
}


def shape(resource_type: str, fields: list[str] | None = None) -> str:
    """Structure for json_transform: of all fields that are read, or of some."""
    read = READ[resource_type]
    return json.dumps(read if fields is None else {name: read[name] for name in fields})


def known_fields(resource_type: str) -> set[str]:
    """Top-level fields that are read or knowingly left."""
    return set(READ[resource_type]) | set(LEFT[""].split()) | set(LEFT[resource_type].split())


def containers(resource_type: str) -> dict[str, str]:
    """JSON paths that must hold an OBJECT or an ARRAY where they are present: of lists the first element is looked at, two names deep."""
    return dict(_containers(READ[resource_type], "$", 2))


def _containers(fields: dict, path: str, depth: int):
    for name, kind in fields.items():
        here = f"{path}.{name}"
        if isinstance(kind, list):
            yield here, "ARRAY"
            kind, here = kind[0], f"{here}[0]"
        if isinstance(kind, dict):
            yield here, "OBJECT"
            if depth > 1:
                yield from _containers(kind, here, depth - 1)
