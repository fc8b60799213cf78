"""QTI packages as other programmes write them: prefixes, folders, templates, feedback."""

import io
import zipfile

from tests.learning.interchange.items_made import PNG

HEAD_2 = (
    'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" adaptive="false" timeDependent="false"'
)
MATCH = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/'
    'match_correct.xml"/>'
)
CHOICE = f"""<?xml version="1.0" encoding="UTF-8"?>
<qti:assessmentItem xmlns:qti="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="I-1"
  title="Voorzitter" adaptive="false" timeDependent="false">
  <qti:responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
    <qti:correctResponse><qti:value>A</qti:value></qti:correctResponse>
  </qti:responseDeclaration>
  <qti:outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>
  <qti:itemBody class="defaultBody">
    <qti:div class="grid"><qti:p>Wie zit de raad voor?</qti:p>
    <qti:p><qti:object data="../media/zaal.png" type="image/png">De raadszaal</qti:object></qti:p>
    </qti:div>
    <qti:choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
      <qti:prompt>Kies <qti:strong>één</qti:strong> antwoord.</qti:prompt>
      <qti:simpleChoice identifier="A"><qti:p>burgemeester</qti:p></qti:simpleChoice>
      <qti:simpleChoice identifier="B">griffier<qti:feedbackInline outcomeIdentifier="FEEDBACK"
        identifier="B" showHide="show">Die ondersteunt.</qti:feedbackInline></qti:simpleChoice>
    </qti:choiceInteraction>
  </qti:itemBody>
  {MATCH.replace("<responseProcessing", "<qti:responseProcessing")}
  <qti:modalFeedback outcomeIdentifier="FEEDBACK" identifier="A" showHide="show"
    >Juist.</qti:modalFeedback>
  <qti:modalFeedback outcomeIdentifier="FEEDBACK" identifier="incorrect" showHide="show"
    >Lees les 2.</qti:modalFeedback>
</qti:assessmentItem>"""
TRUTH = f"""<assessmentItem {HEAD_2} identifier="I-2" title="Stelling">
  <responseDeclaration identifier="R1" cardinality="single" baseType="identifier">
    <correctResponse><value>c2</value></correctResponse></responseDeclaration>
  <itemBody><p>Een wethouder is raadslid.</p>
    <choiceInteraction responseIdentifier="R1" maxChoices="1"><simpleChoice identifier="c1"
      >Waar</simpleChoice><simpleChoice identifier="c2">Onwaar</simpleChoice></choiceInteraction>
  </itemBody>{MATCH}</assessmentItem>"""
ENTRY = f"""<assessmentItem {HEAD_2} identifier="I-3" title="Getal">
  <responseDeclaration identifier="R1" cardinality="single" baseType="integer">
    <correctResponse><value>45</value></correctResponse></responseDeclaration>
  <itemBody><p>De raad heeft <textEntryInteraction responseIdentifier="R1"/> leden.</p></itemBody>
  <responseProcessing><responseCondition><responseIf>
    <equal toleranceMode="relative" tolerance="10 10"><variable identifier="R1"/>
    <correct identifier="R1"/></equal></responseIf></responseCondition></responseProcessing>
</assessmentItem>"""
GAPS = f"""<assessmentItem {HEAD_2} identifier="I-4" title="Kies">
  <responseDeclaration identifier="R1" cardinality="single" baseType="identifier">
    <correctResponse><value>a</value></correctResponse></responseDeclaration>
  <responseDeclaration identifier="R2" cardinality="single" baseType="identifier">
    <correctResponse><value>d</value></correctResponse></responseDeclaration>
  <itemBody><p>Maak de zin af.</p><blockquote><p>De <inlineChoiceInteraction
    responseIdentifier="R1"><inlineChoice identifier="b">rechter</inlineChoice><inlineChoice
    identifier="a">raad</inlineChoice></inlineChoiceInteraction> kiest de
    <inlineChoiceInteraction responseIdentifier="R2"><inlineChoice identifier="c">koning
    </inlineChoice><inlineChoice identifier="d">griffier</inlineChoice></inlineChoiceInteraction>.
  </p></blockquote></itemBody></assessmentItem>"""
UPLOAD = f"""<assessmentItem {HEAD_2} identifier="I-5" title="Upload">
  <responseDeclaration identifier="R1" cardinality="single" baseType="file"/>
  <itemBody><uploadInteraction responseIdentifier="R1"/></itemBody></assessmentItem>"""
TWO = f"""<assessmentItem {HEAD_2} identifier="I-6" title="Twee">
  <responseDeclaration identifier="R1" cardinality="single" baseType="string"/>
  <responseDeclaration identifier="R2" cardinality="single" baseType="string"/>
  <itemBody><extendedTextInteraction responseIdentifier="R1"/><extendedTextInteraction
    responseIdentifier="R2"/></itemBody></assessmentItem>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<imscp:manifest xmlns:imscp="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_v1p2" identifier="M">
  <imscp:organizations/>
  <imscp:resources>
    <imscp:resource identifier="t" type="imsqti_test_xmlv2p2" href="toets.xml"/>
    <imscp:resource identifier="r1" type="imsqti_item_xmlv2p2" href="items/een.xml">
      <imscp:metadata><imsmd:lom><imsmd:general><imsmd:keyword><imsmd:langstring xml:lang="nl"
        >Voorzitten</imsmd:langstring></imsmd:keyword></imsmd:general><imsmd:educational>
        <imsmd:difficulty><imsmd:source><imsmd:langstring>LOMv1.0</imsmd:langstring></imsmd:source>
        <imsmd:value><imsmd:langstring xml:lang="x-none">very difficult</imsmd:langstring>
        </imsmd:value></imsmd:difficulty></imsmd:educational></imsmd:lom></imscp:metadata>
      <imscp:file href="items/een.xml"/><imscp:file href="media/zaal.png"/>
    </imscp:resource>
    RESOURCES
    <imscp:resource identifier="weg" type="imsqti_item_xmlv2p2" href="items/weg.xml"/>
    <imscp:resource identifier="css" type="webcontent" href="stijl.css"/>
  </imscp:resources>
</imscp:manifest>"""
ORDER_3 = """<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="o-1"
  title="Volgorde" adaptive="false" time-dependent="false" xml:lang="nl">
  <qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier">
    <qti-correct-response><qti-value>C</qti-value><qti-value>A</qti-value><qti-value>B</qti-value>
    </qti-correct-response></qti-response-declaration>
  <qti-item-body>
    <qti-order-interaction response-identifier="RESPONSE" shuffle="true">
      <qti-prompt>Zet op <em>volgorde</em>.</qti-prompt>
      <qti-simple-choice identifier="A">eed</qti-simple-choice>
      <qti-simple-choice identifier="B">vergadering</qti-simple-choice>
      <qti-simple-choice identifier="C">verkiezing</qti-simple-choice>
    </qti-order-interaction>
  </qti-item-body>
  <qti-response-processing
    template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
  <qti-modal-feedback outcome-identifier="FEEDBACK" identifier="solution" show-hide="show">
    <qti-content-body><p>Eerst kiest de inwoner.</p></qti-content-body></qti-modal-feedback>
</qti-assessment-item>"""
HOTTEXT_3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
  identifier="h-1" title="Signalen" adaptive="false" time-dependent="false">
  <qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier">
    <qti-mapping default-value="-1"><qti-map-entry map-key="B" mapped-value="1"/></qti-mapping>
  </qti-response-declaration>
  <qti-item-body><p>Markeer.</p><qti-hottext-interaction response-identifier="R" max-choices="0">
    <p>Toen zei hij: <qti-hottext identifier="A">Hallo.</qti-hottext> <qti-hottext identifier="B"
    >Hier is geld.</qti-hottext></p></qti-hottext-interaction></qti-item-body>
</qti-assessment-item>"""


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return target.getvalue()


def package_2():
    names = {"twee.xml": TRUTH, "drie.xml": ENTRY, "vier.xml": GAPS, "vijf.xml": UPLOAD}
    names["zes.xml"] = TWO
    resources = "".join(
        f'<imscp:resource identifier="{name}" type="imsqti_item_xmlv2p2" href="items/{name}"/>'
        for name in names
    )
    return packed(
        {
            "pakket/imsmanifest.xml": MANIFEST.replace("RESOURCES", resources),
            "pakket/toets.xml": "<assessmentTest/>",
            "pakket/items/een.xml": CHOICE,
            "pakket/media/zaal.png": PNG,
            **{f"pakket/items/{name}": content for name, content in names.items()},
        }
    )


def package_3():
    """A package that somebody put together by hand, without a manifest."""
    return packed({"b/hottext.xml": HOTTEXT_3, "a/order.xml": ORDER_3, "leesmij.txt": "x"})
