"""A document of each format that is written in XML, with ``{said}`` where its headline stands."""

_NEWSML1 = (
    '<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20240502T081500+0200</DateAndTime>'
    '</NewsEnvelope><NewsItem xml:lang="en"><Identification><NewsIdentifier>'
    "<ProviderId>harbour.example</ProviderId><DateId>20240502</DateId><NewsItemId>FERRY</NewsItemId>"
    '<RevisionId PreviousRevision="0" Update="N">1</RevisionId><PublicIdentifier>'
    "urn:newsml:harbour.example:20240502:FERRY:1</PublicIdentifier></NewsIdentifier>"
    '</Identification><NewsManagement><NewsItemType FormalName="News"/>'
    "<FirstCreated>20240502T060000Z</FirstCreated>"
    "<ThisRevisionCreated>20240502T061000Z</ThisRevisionCreated>"
    '<Status FormalName="Usable"/></NewsManagement><NewsComponent><NewsLines>'
    '<HeadLine>{said}</HeadLine></NewsLines><ContentItem><MediaType FormalName="Text"/>'
    "<DataContent><p>The ferry sailed.</p></DataContent></ContentItem></NewsComponent></NewsItem>"
    "</NewsML>"
)
WIRES = {
    "rss": (
        '<rss version="2.0"><channel><title>Harbour</title><link>https://wire.example/</link>'
        "<description>Harbour</description><item><guid>urn:1</guid><title>{said}</title></item>"
        "</channel></rss>"
    ),
    "atom": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>Harbour</title>'
        "<updated>2024-05-02T08:00:00Z</updated><entry><id>urn:1</id><title>{said}</title>"
        "<updated>2024-05-02T08:00:00Z</updated></entry></feed>"
    ),
    "nitf": (
        '<nitf><head><docdata><doc-id id-string="urn:1"/>'
        '<date.issue norm="20240502T080000Z"/></docdata></head><body><body.head><hedline>'
        "<hl1>{said}</hl1></hedline></body.head><body.content><p>The ferry sailed.</p>"
        "</body.content></body></nitf>"
    ),
    "newsml-g2": (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="1"'
        ' standard="NewsML-G2" standardversion="2.34" conformance="power"><itemMeta>'
        '<itemClass qcode="ninat:text"/><provider literal="harbour"/>'
        '<versionCreated>2024-05-02T08:00:00Z</versionCreated><pubStatus qcode="stat:usable"/>'
        "</itemMeta><contentMeta><headline>{said}</headline></contentMeta><contentSet>"
        '<inlineXML contenttype="application/xhtml+xml">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The ferry sailed.</p></body></html>'
        "</inlineXML></contentSet></newsItem>"
    ),
    "newsml1": _NEWSML1,
}
